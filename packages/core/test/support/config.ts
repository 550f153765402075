export { config, group, program, single } from '../../src/testing/configs.ts';
