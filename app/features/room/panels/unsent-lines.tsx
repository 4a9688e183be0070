import { useTranslation } from 'react-i18next'
import { useFocusAfter } from '../../../lib/focus-after'
import { LinkButton } from '../../discussions/link-button'
import { AskedAct } from '../asked-act'
import { isTalking, type KeptAct } from '../room-acts'
import { useRoomState } from '../room-context'

/** One's own acts of some kinds that the server does not have yet: on their way, or refused and why. */
export function UnsentLines({
  of,
  group,
  panel,
  onTakeBack,
}: {
  of: readonly KeptAct['act'][]
  /** What is said to this group alone. */
  group?: string
  /** Id of the part they stand in, where the focus goes on when a line has been answered for. */
  panel: string
  /** Puts what was written into its form again. */
  onTakeBack?: ((act: KeptAct) => void) | null
}) {
  const { t } = useTranslation(['room-panels', 'errors'])
  const { unsent, retry, takeBack, status } = useRoomState()
  const focusAfter = useFocusAfter()
  const shown = unsent.filter(
    ({ act }) => of.includes(act.act) && (act.act !== 'say' || act.group === group),
  )
  return (
    // always there, so that a line is told when it comes
    <div role="status" className="empty:absolute">
      {shown.length > 0 && (
        <ul className="grid gap-2">
          {shown.map((each) => {
            const { key, act, refused } = each
            const text = wordsIn(act)
            const isAsked = refused === 'patient_data' && isTalking(status)
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
                {isAsked && <AskedAct unsent={each} onSend={() => focusAfter(panel)} />}
                <p className="flex flex-wrap items-center gap-x-2 text-ink-2">
                  {refused ? (
                    <>
                      {!isAsked && (
                        <span className="text-danger">
                          {t('unsent.refused')} {t(`errors:${refused}`)}.
                        </span>
                      )}
                      {!isAsked && isTalking(status) && (
                        <LinkButton
                          tone="accent"
                          onClick={() => {
                            focusAfter(panel)
                            retry(key)
                          }}
                        >
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
                      <LinkButton
                        onClick={() => {
                          focusAfter(panel)
                          takeBack(key)
                        }}
                      >
                        {t('unsent.drop')}
                      </LinkButton>
                    </>
                  ) : (
                    t('unsent.waiting')
                  )}
                </p>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function wordsIn(act: KeptAct) {
  if (act.act === 'offer_case') return { text: act.problem, lang: act.lang }
  return 'text' in act && act.text !== '' ? { text: act.text, lang: act.lang } : null
}
