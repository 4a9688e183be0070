import { useTranslation } from 'react-i18next'
import type { LearningPage } from '../../../shared/learning-views'
import { EVALUATION_TEXTS, PROMISE_OUTCOMES } from '../../../shared/workshops'
import { Card } from '../../components/card'

/** What was written into the evaluations, each text by itself, and the promises in numbers. */
export function Voices({ page: { voices, promises, fewest } }: { page: LearningPage }) {
  const { t } = useTranslation('learning')
  const { made, answered } = promises
  return (
    <>
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
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </Card>
      <Card id="promises" title={t('promises.title')}>
        <p className="text-ink-2">{t('promises.lead')}</p>
        <p className="mt-2">
          {made === null
            ? t('promises.hidden', { count: fewest })
            : t('promises.made', { count: made })}
        </p>
        {answered && (
          <ul className="mt-1 grid gap-1">
            {PROMISE_OUTCOMES.map((outcome) => (
              <li key={outcome}>
                {t(`promise.outcome.${outcome}`)}:{' '}
                <span className="font-semibold tabular-nums">{answered[outcome]}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  )
}
