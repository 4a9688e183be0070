import { Form, useNavigation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import type { ExportView } from '../../../shared/export-views'
import { Button } from '../../components/button'
import { RefusedNotice } from '../../components/refused-notice'
import { useFormat, useReader } from '../../lib/format'
import { useLookingAgain } from '../../lib/look-again'
import { sizeOf } from '../library/sizes'

/** How often a page that waits for its archive looks again, milliseconds. */
const LOOK_MS = 3_000

/** Asking for an archive, and the ones there are; the page looks again by itself while one is built. */
export function ExportPanel({
  exports,
  action,
  label,
  refused,
}: {
  exports: readonly ExportView[]
  action: string
  label: string
  refused: ErrorCode | null
}) {
  const { t } = useTranslation('own-data')
  const isBuilding = exports.some(({ state }) => state === 'waiting' || state === 'building')
  const isAsking = useNavigation().formAction?.startsWith(action) ?? false
  useLookingAgain(LOOK_MS, isBuilding)
  return (
    <div className="grid gap-4">
      <RefusedNotice code={refused} />
      <Form method="post" action={action}>
        <input type="hidden" name="intent" value="export" />
        <Button look="quiet" aria-disabled={isAsking || isBuilding || undefined}>
          {label}
        </Button>
      </Form>
      <div role="status">
        {isBuilding && <p className="text-[13px] text-ink-2">{t('export.building')}</p>}
      </div>
      {exports.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {exports.map((each) => (
            <Archive key={each.id} archive={each} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Archive({ archive: { id, state, at, until, bytes, problems } }: { archive: ExportView }) {
  const { t } = useTranslation(['own-data', 'library'])
  const format = useFormat()
  const { value, unit } = sizeOf(bytes, useReader().lang)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div>
        <p className="font-medium">{t('export.of', { at: format.dateTime(at) })}</p>
        <p className="text-[13px] text-ink-2">
          {state === 'ready'
            ? t('export.until', { date: format.date(until) })
            : t(`export.state.${state}`)}
        </p>
        {problems > 0 && (
          <p className="text-[13px] font-medium text-danger">
            {t('export.problems', { count: problems })}
          </p>
        )}
      </div>
      {state === 'ready' && (
        <a
          href={`/exports/${id}`}
          download
          className="rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('export.download', { size: t(`library:size.${unit}`, { value }) })}
        </a>
      )}
    </li>
  )
}
