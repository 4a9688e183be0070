import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LearningPage } from '../../../shared/learning-views'
import { EVALUATION_TEXTS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { useReader } from '../../lib/format'
import { AskFirst } from '../workshops/ask-first'

/** For a text that names a patient, in two steps: it is gone for good. */
function Blank({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation('learning')
  const { lang } = useReader()
  return (
    <div lang={lang}>
      <AskFirst look="text" label={t('voices.remove')} question={t('voices.removeSure')}>
        <Form method="post">
          <input type="hidden" name="name" value={name} />
          <input type="hidden" name="text" value={text} />
          <Button look="danger" name="intent" value="blank">
            {t('voices.removeDo')}
          </Button>
        </Form>
      </AskFirst>
    </div>
  )
}

/** What was written into the evaluations, each text by itself. */
export function Voices({ page: { voices, fewest } }: { page: LearningPage }) {
  const { t } = useTranslation('learning')
  return (
    <Card id="voices" title={t('voices.title')}>
      {!voices ? (
        <p className="text-ink-2">{t('voices.hidden', { count: fewest })}</p>
      ) : (
        <>
          <p className="text-ink-2">{t('voices.lead')}</p>
          {EVALUATION_TEXTS.map((name) => (
            <section key={name} aria-labelledby={`voices-${name}`} className="mt-4">
              <h3 id={`voices-${name}`} className="font-semibold">
                {t(`evaluation.text.${name}`)}
              </h3>
              {voices[name].length === 0 && <p className="text-ink-2">{t('voices.none')}</p>}
              <ul className="mt-1 grid gap-2">
                {voices[name].map(({ lang, text }, at) => (
                  <li
                    // two may have written the same
                    // biome-ignore lint/suspicious/noArrayIndexKey: they have no other name
                    key={at}
                    lang={lang}
                    className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line [overflow-wrap:anywhere]"
                  >
                    {text}
                    <Blank name={name} text={text} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </Card>
  )
}
