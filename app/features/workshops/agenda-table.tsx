import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SideView } from '../../../shared/views'
import { dateIn } from '../../../shared/wall-clock'
import type { AgendaRowView } from '../../../shared/workshop-views'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { createFormat, useReader } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { ownSideFirst } from '../../lib/sides'
import { OtherLanguageOnly } from './other-language-only'

/** The agenda on the clocks of both sides; on a phone each row is a block. */
export function AgendaTable({
  rows,
  sides,
  mySideId,
  library,
}: {
  rows: readonly AgendaRowView[]
  sides: readonly SideView[]
  mySideId: string | null
  /** Address of the library. */
  library: string
}) {
  const { t } = useTranslation('workshops')
  const { lang } = useReader()
  const own = ownSideFirst(sides, mySideId)
  return (
    <table className="block w-full text-left sheet:table">
      <thead className="sr-only sheet:not-sr-only sheet:table-header-group">
        <tr className="text-[13px] text-ink-2">
          {own.map((side) => (
            <th key={side.id} scope="col" className="py-1.5 pr-4 font-medium whitespace-nowrap">
              <InLanguage text={side.place} />
            </th>
          ))}
          <th scope="col" className="py-1.5 font-medium">
            {t('about.row')}
          </th>
        </tr>
      </thead>
      <tbody className="block sheet:table-row-group">
        {rows.map((row) => (
          <tr
            key={row.id}
            className="flex flex-wrap gap-x-4 border-t border-line py-2.5 last:pb-0 sheet:table-row sheet:last:[&>td]:pb-0"
          >
            {own.map((side, at) => (
              <td
                key={side.id}
                className={`align-top whitespace-nowrap tabular-nums sheet:py-2.5 sheet:pr-4 ${at === 0 ? 'font-semibold' : 'text-ink-2'}`}
              >
                {isNextDay(rows[0], row, side.timeZone) && (
                  <span className="block text-[13px] font-normal">
                    {shortDayIn(row.startsAt, lang, side.timeZone)}
                  </span>
                )}
                <time dateTime={row.startsAt}>
                  {createFormat(lang, side.timeZone).time(row.startsAt)}
                </time>
                <span className="ml-1 text-[13px] font-normal text-ink-2 sheet:hidden">
                  <InLanguage text={side.place} />
                </span>
              </td>
            ))}
            <td className="w-full min-w-0 align-top sheet:py-2.5">
              <LocalizedTitle text={row.title} className="font-semibold" />
              <OtherLanguageOnly text={row.title} />
              <RowNotes row={row} library={library} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** “23 Nov”: there is no room for more beside the hour. */
function shortDayIn(iso: string, lang: string, timeZone: string): string {
  const day = new Intl.DateTimeFormat(lang, { timeZone, day: 'numeric', month: 'short' })
  return day.format(new Date(iso))
}

/** Does it begin on another date there than the workshop does? */
function isNextDay(first: AgendaRowView | undefined, row: AgendaRowView, zone: string): boolean {
  const dateOf = ({ startsAt }: AgendaRowView) => dateIn(Date.parse(startsAt), zone)
  return first !== undefined && dateOf(first) !== dateOf(row)
}

function RowNotes({ row, library }: { row: AgendaRowView; library: string }) {
  const { t } = useTranslation('workshops')
  const { minutes, speaker, spoken, interpretation, resourceId } = row
  const notes = [
    t('about.minutes', { count: minutes }),
    t(`spoken.${spoken}`),
    interpretation && t('about.interpreted'),
  ].filter((note) => typeof note === 'string')
  return (
    <p className="mt-0.5 text-[13px] text-ink-2">
      {speaker && (
        <>
          <span lang={scriptOfText(speaker)}>{speaker}</span>
          {' · '}
        </>
      )}
      {notes.join(' · ')}
      {resourceId && (
        <Link
          to={`${library}/${resourceId}`}
          className="mt-1 block w-fit rounded-sm py-0.5 underline underline-offset-4"
        >
          {t('about.material')}
        </Link>
      )}
    </p>
  )
}
