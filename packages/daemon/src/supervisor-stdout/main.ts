/**
 * The listener supervisor_stdout, for images in which there is no other: it sends each event back
 * as its result, which `result_handler=supervisor_stdout:event_handler` prints.
 */
import { listen } from '@tsvisor/core/listener';

import { keepHeapSmall } from '../heap.ts';

keepHeapSmall();

void listen((_event, { payload }) => payload);
