// biome-ignore-all lint/a11y/noRedundantRoles: laid out as blocks, a table loses the roles of its own
import { useLocation } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../../shared/languages'
import type { TermView } from '../../../shared/views'
import { useReader } from '../../lib/format'
import { InScripts, PartOfSpeech, useDomainName } from './term-words'

/**
 * Terms in two columns, the reader's language first. On a phone each becomes a block; the roles keep it
 * a table for who listens.
 */
export function TermTable({ terms }: { terms: readonly TermView[] }) {
  const { t } = useTranslation('search')
  const { lang } = useReader()
  const other = otherLanguage(lang)
  const domainName = useDomainName()
  const aimed = useAimed()
  return (
    <table
      role="table"
      aria-label={t('glossary.title')}
      className="mt-3 block w-full overflow-hidden rounded-card border border-line bg-surface text-left sheet:table sheet:border-separate sheet:border-spacing-0"
    >
      <thead role="rowgroup" className="sr-only sheet:not-sr-only">
        <tr role="row" className="text-[13px] text-ink-2">
          <Head>{t(`glossary.term.${lang}`)}</Head>
          <Head>{t(`glossary.term.${other}`)}</Head>
          <Head>{t('glossary.kind')}</Head>
          <Head>{t('glossary.note')}</Head>
        </tr>
      </thead>
      <tbody role="rowgroup" className="block sheet:table-row-group">
        {terms.map((term) => (
          <tr
            key={term.id}
            id={`term-${term.id}`}
            role="row"
            data-aimed={aimed === `#term-${term.id}` ? '' : undefined}
            className="block border-t border-line px-4 py-3 first:border-t-0 target:bg-accent-wash data-aimed:bg-accent-wash sheet:table-row sheet:px-0"
          >
            <th
              role="rowheader"
              scope="row"
              className="block font-semibold sheet:table-cell sheet:w-[27%] sheet:border-t sheet:border-line sheet:py-2.5 sheet:pr-3 sheet:pl-5 sheet:align-top"
            >
              <InScripts text={term[lang]} lang={lang} />
            </th>
            <Cell className="sheet:w-[27%]">
              <InScripts text={term[other]} lang={other} />
            </Cell>
            <Cell className="text-[13px] text-ink-2 sheet:w-[18%]">
              <PartOfSpeech pos={term.pos} />
              {' · '}
              {domainName(term.domain)}
            </Cell>
            <Cell className="text-xs text-ink-3">
              {/* written in English, whoever reads it */}
              {term.note && <InScripts text={term.note} lang="en" />}
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The part of the address after #: a browser that came from another page by script styles no `:target`. */
function useAimed(): string {
  const { hash } = useLocation()
  const [aimed, setAimed] = useState('')
  useEffect(() => setAimed(hash), [hash])
  return aimed
}

function Head({ children }: { children: string }) {
  return (
    <th role="columnheader" scope="col" className="py-2.5 pr-3 font-medium first:pl-5 last:pr-5">
      {children}
    </th>
  )
}

function Cell({ className = '', children }: { className?: string; children: React.ReactNode }) {
  return (
    <td
      role="cell"
      className={`mt-0.5 block empty:hidden sheet:mt-0 sheet:table-cell sheet:border-t sheet:border-line sheet:py-2.5 sheet:pr-3 sheet:align-top sheet:empty:table-cell ${className}`}
    >
      {children}
    </td>
  )
}
