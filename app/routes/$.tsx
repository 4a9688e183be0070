import { data } from '@remix-run/node'
import { ErrorPage } from '../components/error-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forAnyone } from '../lib/route'

export const handle: I18nHandle = { withoutScripts: true }
export const meta = titled

export const loader = forAnyone(async ({ lang }) =>
  data({ title: await titleIn(lang, (t) => t('errors:not_found')) }, { status: 404 }),
)

/** Every address that nothing else answers. */
export default function NothingHere() {
  return <ErrorPage code="not_found" />
}
