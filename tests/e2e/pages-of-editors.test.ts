import { testPages } from '../setup/every-page'
import { EDITOR, ROUTES } from '../setup/routes'

/** Half of the sitemap: what those see who write. */
testPages(ROUTES.filter(({ account }) => account === EDITOR))
