import { useTranslation } from 'react-i18next'
import { LinkButton } from '../../discussions/link-button'
import { isTalking, type KeptAct } from '../room-acts'
import { useRoomState } from '../room-context'

/** One's own acts of some kinds that the server does not have yet: on their way, or refused and why. */
export function UnsentLines({
  of,
  onTakeBack,
}: {
  of: readonly KeptAct['act'][]
  /** Puts what was written into its form again. */
  onTakeBack?: (act: KeptAct) => void
}) {
  const { t } = useTranslation(['room-panels', 'errors'])
  const { unsent, retry, takeBack, status } = useRoomState()
  const shown = unsent.filter(({ act }) => of.includes(act.act))
  if (shown.length === 0) return null
  return (
    <ul role="status" className="grid gap-2">
      {shown.map(({ key, act, refused }) => {
        const text = wordsIn(act)
        return (
          <li
            key={key}
            className="rounded-lg border border-dashed border-line-strong px-3 py-2 text-[13px]"
          >
            {text && (
              <p lang={text.lang} className="whitespace-pre-wrap [overflow-wrap:anywhere]">
                {text.text}
              </p>
            )}
            <p className="flex flex-wrap items-center gap-x-2 text-ink-2">
              {refused ? (
                <>
                  <span className="text-danger">
                    {t('unsent.refused')} {t(`errors:${refused}`)}.
                  </span>
                  {isTalking(status) && (
                    <LinkButton tone="accent" onClick={() => retry(key)}>
                      {t('unsent.retry')}
                    </LinkButton>
                  )}
                  {onTakeBack && text && isTalking(status) && (
                    <LinkButton
                      onClick={() => {
                        const taken = takeBack(key)
                        if (taken) onTakeBack(taken.act)
                      }}
                    >
                      {t('unsent.edit')}
                    </LinkButton>
                  )}
                  <LinkButton onClick={() => void takeBack(key)}>{t('unsent.drop')}</LinkButton>
                </>
              ) : (
                t('unsent.waiting')
              )}
            </p>
          </li>
        )
      })}
    </ul>
  )
}

function wordsIn(act: KeptAct) {
  if (act.act === 'offer_case') return { text: act.problem, lang: act.lang }
  return 'text' in act && act.text !== '' ? { text: act.text, lang: act.lang } : null
}
