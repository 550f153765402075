// Answers each line of its standard input by one on its standard output.
import { createInterface } from 'node:readline';

for await (const name of createInterface({ input: process.stdin })) {
  if (name === 'crash') process.exit(1);
  console.log(`${name}: ${process.env.GREETING}, ${name}`);
}
