// Prints the state machine of a process as the table of docs/design/detailed-operation.md.
// Run it after a change of packages/core/src/process/transition.ts: a test compares them.
import { processDiagram } from '../packages/core/src/testing/process-diagram.ts';

process.stdout.write(processDiagram());
