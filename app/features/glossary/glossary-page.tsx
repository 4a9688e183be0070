import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { PageBody } from '../../components/page-frame'
import { useReader } from '../../lib/format'
import type { GlossaryData } from '../../routes/partnerships.$slug.glossary'
import { domainsOf, filterTerms } from './term-filter'
import { TermTable } from './term-table'
import { useDomainName } from './term-words'

/** The words both sides have agreed on, filtered as one types; a form without scripts. */
export function GlossaryPage({ base, terms, q, domain }: GlossaryData) {
  const { t } = useTranslation('search')
  const { lang } = useReader()
  const domainName = useDomainName()
  const [asked, setAsked] = useState({ q, domain })
  useEffect(() => setAsked({ q, domain }), [q, domain])
  const shown = filterTerms(terms, asked)
  const collator = new Intl.Collator(lang)
  const domains = domainsOf(terms)
    .map((each) => ({ value: each, name: domainName(each) }))
    .sort((one, other) => collator.compare(one.name, other.name))
  if (terms.length === 0) {
    return (
      <PageBody>
        <h1 tabIndex={-1} className="mb-5">
          {t('glossary.title')}
        </h1>
        <EmptyState sentence={t('glossary.empty')} />
      </PageBody>
    )
  }
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('glossary.title')}</h1>
      <p className="mt-1 max-w-[72ch] text-ink-2">{t('glossary.lead')}</p>
      <Form
        role="search"
        aria-label={t('glossary.find')}
        action={`${base}/glossary`}
        preventScrollReset
        className="mt-5 flex flex-wrap items-end gap-x-4 gap-y-3"
      >
        <label className="grid min-w-0 grow gap-1.5 font-medium sheet:max-w-[360px]">
          {t('glossary.find')}
          <input
            type="search"
            name="q"
            value={asked.q}
            onChange={(event) => setAsked({ ...asked, q: event.currentTarget.value })}
            maxLength={100}
            autoComplete="off"
            className="h-10 w-full rounded-lg border border-line-control bg-surface px-3 text-base font-normal"
          />
        </label>
        <label className="grid gap-1.5 font-medium">
          {t('glossary.domain')}
          <select
            name="domain"
            value={asked.domain}
            onChange={(event) => setAsked({ ...asked, domain: event.currentTarget.value })}
            className="h-10 rounded-lg border border-line-control bg-surface px-3 font-normal"
          >
            <option value="">{t('glossary.allDomains')}</option>
            {domains.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <Button look="quiet" className="min-h-10">
          {t('glossary.show')}
        </Button>
      </Form>
      <p role="status" className="mt-4 text-[13px] text-ink-2">
        {shown.length === terms.length
          ? t('glossary.all', { count: terms.length })
          : t('glossary.some', { count: shown.length, of: terms.length })}
      </p>
      {shown.length > 0 ? (
        <TermTable terms={shown} />
      ) : (
        <div className="mt-3">
          <EmptyState
            sentence={t('glossary.nothing')}
            action={
              <ButtonLink
                look="quiet"
                to={`${base}/glossary`}
                preventScrollReset
                onClick={() => setAsked({ q: '', domain: '' })}
              >
                {t('glossary.reset')}
              </ButtonLink>
            }
          />
        </div>
      )}
    </PageBody>
  )
}
