import { useTranslation } from 'react-i18next'
import { useRoomState } from '../room-context'

/** To the page where notes are written, in a tab of its own: the room stays open. */
export function NotesLink({ protocolId, word }: { protocolId: string | null; word: string }) {
  const { t } = useTranslation('room-panels')
  const { may, workshop } = useRoomState()
  if (!protocolId || !may.writeNotes || !may.workspace) return null
  return (
    <a
      href={`/partnerships/${workshop.slug}/protocols/${protocolId}`}
      target="_blank"
      rel="noreferrer"
      className="w-fit min-h-7 font-medium text-accent underline-offset-4 hover:underline"
    >
      {word}
      <span className="text-[13px] font-normal text-ink-2"> {t('newTab')}</span>
    </a>
  )
}
