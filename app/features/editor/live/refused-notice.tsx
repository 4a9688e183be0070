import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import type { RoomRefusal } from '../provider/protocol-room'
import type { Rescued } from '../provider/rescued-shelf'

/** Words that the server did not take, kept for the person to copy; and why the line ended, if it did. */
export function RefusedNotice({
  refusal,
  rescued,
  onDiscard,
  onSignedIn,
}: {
  refusal: RoomRefusal | undefined
  rescued: readonly Rescued[]
  onDiscard: (rescued: Rescued) => void
  /** The person says that they are signed in again. */
  onSignedIn: () => void
}) {
  const { t } = useTranslation(['editor', 'errors'])
  return (
    <>
      {refusal?.reason === 'unauthenticated' && (
        <div role="alert" className="notice notice-danger">
          <p className="notice-title">{t('errors:unauthenticated')}</p>
          <p>{t('editor:notice.signedOut')}</p>
          <span className="popover-actions">
            <a
              className="notice-link"
              href="/sign-in?redirectTo=/partnerships"
              target="_blank"
              rel="noreferrer"
            >
              {t('editor:notice.signIn')}
            </a>
            <Button type="button" look="quiet" onClick={onSignedIn}>
              {t('editor:notice.goOn')}
            </Button>
          </span>
        </div>
      )}
      {refusal?.reason === 'document_cleaned' && !refusal.rescue && (
        <div role="status" className="notice">
          <p className="notice-title">{t('errors:document_cleaned')}</p>
          <p>{t('errors:document_cleaned_advice')}</p>
        </div>
      )}
      {refusal?.final && (
        <div role="alert" className="notice notice-danger">
          <p className="notice-title">{t(`errors:${refusal.reason}`)}</p>
          <p>{t(`errors:${refusal.reason}_advice`)}</p>
          <span className="popover-actions">
            <Button type="button" look="quiet" onClick={() => window.location.reload()}>
              {t('editor:notice.reload')}
            </Button>
          </span>
        </div>
      )}
      {rescued.map((each) => (
        <RescuedText key={each.id} rescued={each} onDiscard={() => onDiscard(each)} />
      ))}
    </>
  )
}

function RescuedText({ rescued, onDiscard }: { rescued: Rescued; onDiscard: () => void }) {
  const { t } = useTranslation(['editor', 'errors'])
  const [copied, setCopied] = useState(false)
  const whole = LANGUAGES.map((lang) => rescued.text[lang])
    .filter(Boolean)
    .join('\n\n')
  return (
    <div role="alert" className="notice notice-danger">
      <p className="notice-title">
        {t('editor:notice.refused')}: {t(`errors:${rescued.reason}`)}
      </p>
      <p>
        {rescued.reason !== 'document_cleaned' && `${t('editor:notice.rescued')} `}
        {t(`errors:${rescued.reason}_advice`)}
      </p>
      {LANGUAGES.map(
        (lang) =>
          rescued.text[lang] && (
            <p key={lang} lang={lang} className="notice-text">
              {rescued.text[lang]}
            </p>
          ),
      )}
      <span className="popover-actions">
        <Button
          type="button"
          look="quiet"
          onClick={() => copyText(whole).then((done) => setCopied(done))}
        >
          {t(copied ? 'editor:notice.copied' : 'editor:notice.copy')}
        </Button>
        <Button type="button" look="quiet" onClick={onDiscard}>
          {t('editor:notice.discard')}
        </Button>
      </span>
    </div>
  )
}

/** The clipboard is withheld from pages on plain http; the text stays on the page to be selected. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
