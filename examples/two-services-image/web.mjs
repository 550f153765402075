import { createServer } from 'node:http';

const server = createServer((request, response) => response.end(`you asked for ${request.url}\n`));
server.listen(Number(process.env.PORT ?? 8080), () =>
  console.log(`web: listening on ${server.address().port}`),
);
process.once('SIGTERM', () => server.close(() => console.log('web: all have been answered')));
