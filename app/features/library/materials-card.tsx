import { useTranslation } from 'react-i18next'
import type { MaterialView } from '../../../shared/workshop-views'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'

/** What of the library belongs to a workshop, for whoever attends it, the reader's language first. */
export function MaterialsCard({ materials }: { materials: readonly MaterialView[] }) {
  const { t } = useTranslation()
  const { lang: reader } = useReader()
  const sizeOf = sizesIn(reader)
  if (materials.length === 0) return null
  return (
    <Card title={t('materials.title')} id="materials">
      <ul className="divide-y divide-line">
        {materials.map(({ id, title, rows, versions }) => (
          <li key={id} className="py-2.5">
            <InLanguage text={title} className="font-semibold" />
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name here
              <p key={at} className="text-[13px] text-ink-2">
                <Sentence
                  say={(part) => t('materials.for', { row: part('row') })}
                  parts={{ row: <InLanguage text={row} /> }}
                />
              </p>
            ))}
            {versions.length === 0 && <p className="text-[13px]">{t('materials.none')}</p>}
            {versions.map(({ id: version, lang, file, href }) => (
              <p key={version} className="[overflow-wrap:anywhere]">
                <a
                  href={href}
                  {...(file ? { download: '' } : { target: '_blank', rel: 'noopener noreferrer' })}
                  className="inline-block min-h-8 py-1 underline underline-offset-4"
                >
                  {t(`materials.in_${lang}`)}
                  {!file && <span className="sr-only"> {t('materials.newTab')}</span>}
                </a>{' '}
                <span className="text-[13px] text-ink-2">
                  {file ? <span lang={lang}>{file.name}</span> : t('materials.link')}
                  {file && ` · ${sizeOf(file.bytes)}`}
                </span>
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Bytes as people read them; on a thin line one looks before one presses. */
function sizesIn(reader: string): (bytes: number) => string {
  const as = (unit: string, digits: number) =>
    new Intl.NumberFormat(reader, { style: 'unit', unit, maximumFractionDigits: digits })
  return (bytes) =>
    bytes < 1_000_000
      ? as('kilobyte', 0).format(Math.max(1, bytes / 1_000))
      : as('megabyte', 1).format(bytes / 1_000_000)
}
