import { testPages } from '../setup/every-page'
import { EDITOR, ROUTES } from '../setup/routes'

/** The other half: what everybody else sees, and those who have not signed in. */
testPages(ROUTES.filter(({ account }) => account !== EDITOR))
