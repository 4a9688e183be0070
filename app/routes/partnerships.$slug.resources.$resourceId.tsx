import { useLoaderData } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { ItemPage } from '../features/library/item-page'
import { openItem } from '../features/library/open-item'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { forMember, idParam } from '../lib/route'

export const handle: I18nHandle = { i18n: ['library'] }
export const meta = titled

export const loader = forMember(async (asked) => {
  const opened = await openItem(asked, asked.params.slug ?? '', idParam(asked.params, 'resourceId'))
  return { title: pickText(opened.item.title, asked.lang).text, opened }
})

export default function ItemRoute() {
  const { opened } = useLoaderData<typeof loader>()
  return <ItemPage key={opened.item.id} opened={opened} />
}
