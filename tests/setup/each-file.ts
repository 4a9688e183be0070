import fc from 'fast-check'
import { closeWhatTestsOpen } from './closing'
import { isWhole } from './runs'

closeWhatTestsOpen()

// The whole suite decides about a change, so it must say the same about the same sources; the
// quick loop looks for new cases with a fresh seed each time.
if (isWhole) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_041_122 })
