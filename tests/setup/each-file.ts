import { closeWhatTestsOpen } from './closing'

closeWhatTestsOpen()
