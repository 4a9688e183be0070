import { smoke } from './smoke'

smoke([
  ['app-kill', 1, 2],
  ['app-kill-checked', 1],
  ['app-kill-staged', 2],
  ['app-kill-cut', 3],
  ['app-kill-storing', 4],
  ['app-kill-stored', 5],
  ['app-kill-acknowledged', 6],
  ['app-kill-shown', 7],
  ['reset-storm', 1],
  ['stalls-and-resets', 1],
  ['half-open-mute', 1],
  ['replayed-frames', 1, 2],
  ['event-loop-stall', 1],
  ['mixed-versions', 1],
])
