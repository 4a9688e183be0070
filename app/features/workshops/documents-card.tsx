import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { WorkshopView } from '../../../shared/workshop-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'

/** Its live documents, in the editor of protocols; facilitators begin those that are missing. */
export function DocumentsCard({ workshop, slug }: { workshop: WorkshopView; slug: string }) {
  const { t } = useTranslation('workshops')
  const { documents, may, status } = workshop
  const missing =
    may.facilitate && status !== 'cancelled'
      ? (['brief', 'notes'] as const).filter(
          (part) => !documents.some((each) => each.part === part),
        )
      : []
  if (documents.length === 0 && missing.length === 0) return null
  const begin = { brief: t('document.begin'), notes: t('document.beginNotes') }
  return (
    <Card title={t('about.documents')} id="documents">
      {documents.length > 0 && (
        <ul className="grid gap-1.5">
          {documents.map(({ id, part }) => (
            <li key={id}>
              <Link
                to={`/partnerships/${slug}/protocols/${id}`}
                prefetch="intent"
                className="underline underline-offset-4"
              >
                {t(`document.${part}`)}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {missing.map((part) => (
        <Form key={part} method="post" className="mt-3">
          <input type="hidden" name="intent" value="begin" />
          <input type="hidden" name="part" value={part} />
          <Button look="quiet">{begin[part]}</Button>
        </Form>
      ))}
    </Card>
  )
}
