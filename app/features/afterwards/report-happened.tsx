import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HappenedView, WrittenView } from '../../../shared/after-views'
import { Card } from '../../components/card'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'

/** What the report tells of the room by itself: polls, questions with their answers, cases. */
export function ReportHappened({
  happened: { polls, questions, cases },
}: {
  happened: HappenedView
}) {
  const { t } = useTranslation('workshop-after')
  if (polls.length + questions.length + cases.length === 0) return null
  return (
    <Card id="happened" title={t('happened.title')}>
      <p className="max-w-[64ch] text-ink-2">{t('happened.lead')}</p>
      <Part title={t('happened.polls')} count={polls.length}>
        {polls.map(({ id, prompt, answers, options, texts }) => (
          <li key={id}>
            <LocalizedTitle text={prompt} />
            <p className="text-[13px] text-ink-2">{t('happened.answers', { count: answers })}</p>
            <ul className="mt-1 list-disc pl-5">
              {options.map(({ mark, text, count, right }) => (
                <li key={mark}>
                  {text ? <InLanguage text={text} /> : mark}
                  {right && ` (${t('happened.right')})`}:{' '}
                  <span className="font-semibold tabular-nums">{count}</span>
                </li>
              ))}
              {texts.map(({ lang, text }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two may have written the same
                <li key={at} lang={lang}>
                  {text}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </Part>
      <Part title={t('happened.questions')} count={questions.length}>
        {questions.map(({ id, asked, answer }) => (
          <li key={id}>
            <Written said={asked} />
            <div className="mt-1 text-ink-2">
              {t('happened.answer')} {answer ? <Written said={answer} /> : t('happened.aloud')}
            </div>
          </li>
        ))}
      </Part>
      <Part title={t('happened.cases')} count={cases.length}>
        {cases.map(({ id, problem, question, recommended }) => (
          <li key={id}>
            <Written said={problem} />
            <Written said={question} />
            <div className="mt-1 text-ink-2">
              {t('happened.recommended')} <Written said={recommended} />
            </div>
          </li>
        ))}
      </Part>
    </Card>
  )
}

function Part({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <details className="mt-3">
      <summary className="inline-block min-h-6 cursor-pointer py-1 font-semibold">
        {title} ({count})
      </summary>
      <ul className="mt-2 grid gap-3 [overflow-wrap:anywhere]">{children}</ul>
    </details>
  )
}

/** Both languages, the reader's own first. */
function Written({ said: { lang, text, translation } }: { said: WrittenView }) {
  if (text === '') return null
  return (
    <div className="whitespace-pre-line text-ink">
      <LocalizedTitle
        text={{ [lang]: text, ...(translation && { [translation.lang]: translation.text }) }}
      />
    </div>
  )
}
