import { useTranslation } from 'react-i18next'
import { AttendeeName } from '../../components/attendee-name'
import { Card } from '../../components/card'
import { LocalizedTitle } from '../../components/localized-title'
import type { Refusal } from '../../lib/refusal'
import type { KeyedOutcomes } from './outcomes.server'
import { StepForm } from './step-form'

type Props = {
  questions: KeyedOutcomes['unanswered']
  mayDiscuss: boolean
  refusal: Refusal | null
}

/** What was asked and not answered there: each can go on as a discussion. */
export function Unanswered({ questions, mayDiscuss, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  return (
    <Card id="unanswered" title={t('unanswered.title')}>
      <p className="max-w-[64ch] text-ink-2">{t('unanswered.lead')}</p>
      <ul className="mt-3 divide-y divide-line border-t border-line">
        {questions.map(({ question: { id, by, text, lang, translation }, key }) => (
          <li key={id} className="grid gap-2 py-3 [overflow-wrap:anywhere]">
            <div className="min-w-0">
              <LocalizedTitle
                text={{
                  [lang]: text,
                  ...(translation && { [translation.lang]: translation.text }),
                }}
              />
              {by && (
                <p className="mt-1 text-[13px] text-ink-2">
                  <AttendeeName person={by} />
                </p>
              )}
            </div>
            {mayDiscuss && (
              <StepForm
                fields={{ intent: 'thread', question: id, lang, clientKey: key }}
                known={['intent', 'question']}
                refusal={refusal}
                isSmall
              >
                {t('unanswered.thread')}
              </StepForm>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
