import { Form } from '@remix-run/react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LearningPage, VoiceView } from '../../../shared/learning-views'
import { EVALUATION_TEXTS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { useReader } from '../../lib/format'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'

/** For a text that names a patient, in two steps: it is gone for good. */
function Blank({
  name,
  text,
  onSubmit,
}: {
  name: string
  text: string
  onSubmit: (event: FormEvent) => void
}) {
  const { t } = useTranslation('learning')
  const { lang } = useReader()
  return (
    <div lang={lang}>
      <AskFirst look="text" label={t('voices.remove')} question={t('voices.removeSure')}>
        <Form method="post" preventScrollReset onSubmit={onSubmit}>
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
export function Voices({
  page: { voices, fewest },
  doings,
}: {
  page: LearningPage
  /** Says what was done: the text is gone with it. */
  doings: ReturnType<typeof useDone>
}) {
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
                {keyed(voices[name]).map(({ key, lang, text }) => (
                  <li
                    key={key}
                    lang={lang}
                    className="border-l-[3px] border-line-strong pl-3 whitespace-pre-line [overflow-wrap:anywhere]"
                  >
                    {text}
                    <Blank name={name} text={text} onSubmit={doings.doing(t('voices.removed'))} />
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

/** Each text under a name that stays its own when others come or go; two may have written the same. */
export function keyed(voices: readonly VoiceView[]): readonly (VoiceView & { key: string })[] {
  const met = new Map<string, number>()
  return voices.map((voice) => {
    const name = `${voice.lang} ${voice.text}`
    const before = met.get(name) ?? 0
    met.set(name, before + 1)
    return { ...voice, key: `${name} ${before}` }
  })
}
