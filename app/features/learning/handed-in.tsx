import { useTranslation } from 'react-i18next'
import type { HandedInView } from '../../../shared/learning-views'
import type { TestPhase } from '../../../shared/workshops'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'

/** Thanks; after the workshop also the own score, and what would have been right. */
export function HandedIn({
  handedIn: { again, score },
  phase,
}: {
  handedIn: HandedInView
  phase: TestPhase
}) {
  const { t } = useTranslation('learning')
  return (
    <div className="mt-4 grid gap-4">
      <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
        {t(again ? 'handedIn.again' : `handedIn.thanks_${phase}`)}
      </p>
      {score && (
        <>
          <p className="text-lg font-semibold">
            {t('handedIn.score', { count: score.right, of: score.items.length })}
          </p>
          <ol className="grid gap-3">
            {score.items.map(({ id, prompt, options, right, chosen }) => {
              const text = (option: string | null) =>
                options.find((each) => each.id === option)?.text
              const [own, best] = [text(chosen), text(right)]
              return (
                <li key={id} className="rounded-card border border-line bg-surface px-4 py-3">
                  <p className="font-semibold">
                    <InLanguage text={prompt} />
                  </p>
                  <p className="mt-1 flex flex-wrap items-baseline gap-x-2">
                    <Chip tone={chosen === right ? 'ok' : 'plain'}>
                      {t(chosen === right ? 'handedIn.right' : 'handedIn.wrong')}
                    </Chip>
                    {own ? <InLanguage text={own} /> : t('handedIn.none')}
                  </p>
                  {chosen !== right && best && (
                    <p className="mt-1 text-ink-2">
                      {t('handedIn.best')} <InLanguage text={best} />
                    </p>
                  )}
                </li>
              )
            })}
          </ol>
        </>
      )}
    </div>
  )
}
