import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditGroup, RecordPage } from '../../../shared/audit'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import { fullName } from '../../lib/names'

/** As its address has it; what is not asked for is empty. */
export type RecordAsked = { group: string; by: string; from: string; to: string; cursor: string }

const CONTROL =
  'h-10 w-full min-w-0 rounded-lg border border-line-control bg-surface px-2.5 py-1.5 text-base text-ink'

/** What of the record is shown: a plain form whose address can be kept. */
export function RecordFilters({
  base,
  asked,
  groups,
  people,
  doers,
}: {
  base: string
  asked: RecordAsked
  groups: readonly AuditGroup[]
} & Pick<RecordPage, 'people' | 'doers'>) {
  const { t } = useTranslation('record')
  const { lang } = useReader()
  const collator = new Intl.Collator(lang)
  const named = doers
    .flatMap((id) => {
      const name = people[id]
      return name ? [{ id, name: fullName(name, lang).main.text }] : []
    })
    .sort((a, b) => collator.compare(a.name, b.name))
  return (
    <Form
      // another address is another form: what stands in it is what is shown
      key={JSON.stringify(asked)}
      method="get"
      action={base}
      aria-label={t('filter.label')}
      className="mb-5 grid grid-cols-1 items-end gap-3 min-[380px]:grid-cols-2 sheet:flex sheet:flex-wrap"
    >
      <Labelled id="record-group" label={t('filter.group')} className="col-span-full">
        <select id="record-group" name="group" defaultValue={asked.group} className={CONTROL}>
          <option value="">{t('filter.any')}</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {t(`group.${group}`)}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id="record-by" label={t('filter.by')} className="col-span-full">
        <select id="record-by" name="by" defaultValue={asked.by} className={CONTROL}>
          <option value="">{t('filter.anybody')}</option>
          {named.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled id="record-from" label={t('filter.from')}>
        <input
          id="record-from"
          type="date"
          name="from"
          defaultValue={asked.from}
          className={CONTROL}
        />
      </Labelled>
      <Labelled id="record-to" label={t('filter.to')}>
        <input id="record-to" type="date" name="to" defaultValue={asked.to} className={CONTROL} />
      </Labelled>
      <Button look="quiet" className="col-span-full">
        {t('filter.show')}
      </Button>
    </Form>
  )
}

function Labelled({
  id,
  label,
  className = '',
  children,
}: {
  /** Of the control. */
  id: string
  label: string
  className?: string
  children: ReactNode
}) {
  return (
    <div className={`grid min-w-0 gap-1 ${className}`}>
      <label htmlFor={id} className="text-[13px] text-ink-2">
        {label}
      </label>
      {children}
    </div>
  )
}

/** The address of a part of the record. */
export function recordPath(base: string, asked: Partial<RecordAsked>): string {
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString()
  return query ? `${base}?${query}` : base
}
