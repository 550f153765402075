import { expect, test } from '@jest/globals';

import * as posix from '../src/index.ts';

test('the package exports verbs and one error class', () => {
  expect(Object.keys(posix).sort()).toEqual(
    `SystemCallError dropPrivileges dup2 errnoName exitNow getLimit giveBackFreeMemory groupById groupByName groupsOf identityOf
      keepLittleFreeMemory kill
     launchVariables leftovers listenTcp listenUnix openPipe openSyslog processTable readNow resolveLocale sealInheritedFds sendNow setChildNofile setLimit setNonBlocking
     setPipeSize setSubreaper spawn strerror syslog takeInheritedNofile takeLaunch userById userByName
     waitAny waitFor`.split(/\s+/),
  );
});
