import { smoke } from './smoke'

smoke([
  ['mongod-kill', 1],
  ['mongod-and-app-kill', 1],
  ['database-answers-lost', 1, 2],
  ['database-wire-cut', 1],
  ['stored-bent-row', 1],
  ['stored-missing-row', 1],
  ['stored-bent-chunk', 1],
])
