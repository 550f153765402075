import { namespecText } from '@tsvisor/core';
import type { ListenerInfo } from '@tsvisor/rpc';

import { documentOf } from '../documents.ts';
import { text } from '../fields.ts';
import { done, ok, operation } from '../operation.ts';
import type { Operation } from '../operation.ts';

export const eventOperations: readonly Operation[] = [
  operation({
    method: 'GET',
    path: '/listeners',
    id: 'listListeners',
    about: 'events',
    summary: 'How each process of each event listener pool stands to the protocol',
    answers: { 200: { description: 'The processes.', schema: documentOf('Listeners') } },
    async handle(call) {
      const infos = await call.method('tsvisor.getListenerInfo');
      return ok({ listeners: (infos as unknown as readonly ListenerInfo[]).map(listener) });
    },
  }),
  operation({
    method: 'POST',
    path: '/events/remote',
    id: 'sendRemoteEvent',
    about: 'events',
    summary: 'Sends an event REMOTE_COMMUNICATION to all who listen for it',
    body: { type: text('What listeners know it by.'), data: text('What it says.') },
    answers: { 204: { description: 'It was sent.' } },
    async handle(call) {
      const { type, data } = call.input;
      await call.method('supervisor.sendRemoteCommEvent', type, data);
      return done;
    },
  }),
];

const listener = (info: ListenerInfo): object => ({
  namespec: namespecText(info.group, info.name),
  state: info.listenerstate,
  pool: {
    name: info.group,
    buffered: info.buffered,
    bufferSize: info.buffer_size,
    discarded: info.discarded,
  },
});
