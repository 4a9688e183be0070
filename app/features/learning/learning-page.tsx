import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LearningPage, TestView } from '../../../shared/learning-views'
import { TEST_PHASES } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { RefusedNotice } from '../../components/refused-notice'
import type { Refusal } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { Scales, TestResults } from './learning-results'
import { type Part, partsOf } from './parts'
import { Promises } from './promises'
import { TestForm } from './test-form'
import { Voices } from './voices'

type Props = {
  test: TestView
  page: LearningPage
  workshopId: string
  isSaved: boolean
  refusal: Refusal | null
}

/** The test of a workshop, who may answer it now, and what it and the evaluation say. */
export function LearningResultsPage({ test, page, workshopId, isSaved, refusal }: Props) {
  const { t } = useTranslation('learning')
  const code = refusal?.refused.code
  const isOpening = refusal?.values.intent === 'open'
  const isTest = refusal?.values.base !== undefined
  const stale = isStale(refusal, test.rev)
  const saving = useDone(refusal)
  const doings = useDone(refusal)
  const cards: Record<Part, ReactNode> = {
    opening: <Opening key="opening" test={test} workshopId={workshopId} />,
    items: (
      <Card key="items" id="items" title={t('items.title')}>
        {/* a new one after one's own saving only: what a colleague saves takes nothing away here */}
        <TestForm
          key={saving.times}
          test={test}
          refusal={isTest ? refusal : null}
          saving={saving}
        />
      </Card>
    ),
    results: <TestResults key="results" results={page.results} fewest={page.fewest} />,
    scales: <Scales key="scales" results={page.results} fewest={page.fewest} />,
    voices: <Voices key="voices" page={page} doings={doings} />,
    promises: <Promises key="promises" page={page} />,
    nothing: (
      <p key="nothing" className="text-ink-2">
        {t('page.nothing', { count: page.fewest })}
      </p>
    ),
  }
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('page.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('page.lead')}</p>
      </div>
      <RefusedNotice
        code={code && !stale && (isOpening || code !== 'invalid_input') ? code : null}
      />
      <DoneLine done={saving.done} />
      <DoneLine done={doings.done} />
      {isSaved && !refusal && !saving.done && (
        <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('page.saved')}
        </p>
      )}
      {partsOf(test, page).map((part) => cards[part])}
    </div>
  )
}

/** Which of the two tests takes answers now. */
function Opening({ test, workshopId }: Pick<Props, 'test' | 'workshopId'>) {
  const { t } = useTranslation('learning')
  return (
    <Card id="opening" title={t('opening.title')}>
      <ul className="divide-y divide-line">
        {TEST_PHASES.map((phase) => {
          const isOpen = test.open[phase]
          return (
            <li key={phase} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <div>
                <p className="flex flex-wrap items-center gap-2">
                  <a
                    href={`/workshops/${workshopId}/test?phase=${phase}`}
                    className="inline-flex min-h-6 items-center font-semibold text-accent underline"
                  >
                    {t(`test.title_${phase}`)}
                  </a>
                  <Chip tone={isOpen ? 'ok' : 'plain'}>
                    {t(isOpen ? 'opening.open' : 'opening.closed')}
                  </Chip>
                </p>
                <p className="text-[13px] text-ink-2">
                  {t('opening.answers', { count: test.answers[phase] })}
                </p>
              </div>
              <Form method="post">
                <input type="hidden" name="intent" value="open" />
                <input type="hidden" name="phase" value={phase} />
                <Button look="quiet" name="open" value={isOpen ? 'no' : 'yes'}>
                  {t(`opening.${isOpen ? 'end' : 'begin'}_${phase}`)}
                </Button>
              </Form>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
