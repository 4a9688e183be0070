import { smoke } from './smoke'

smoke([
  ['two-processes', 1],
  ['redis-kill', 1],
  ['redis-flush', 1],
  ['redis-trim', 1],
  ['process-pause', 1],
  ['process-pause-compacting', 1],
  ['process-pause-compacting', 7],
  ['compaction-both', 1],
  ['compaction-kill-chunks-written', 1],
  ['compaction-kill-head-moved', 2],
  ['compaction-kill-log-cut', 3],
])
