import { useId } from 'react'
import { useTranslation } from 'react-i18next'

/** Others use this computer too: on every way in. */
export function SharedComputer({ defaultChecked }: { defaultChecked: boolean }) {
  const { t } = useTranslation('auth')
  return (
    <SharedBox label={t('shared.label')} hint={t('shared.hint')} defaultChecked={defaultChecked} />
  )
}

/** The same in the words of another way in. */
export function SharedBox({
  label,
  hint,
  defaultChecked,
}: {
  label: string
  hint: string
  defaultChecked: boolean
}) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <input
        id={id}
        type="checkbox"
        name="shared"
        value="yes"
        defaultChecked={defaultChecked}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-5 accent-accent"
      />
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <p id={`${id}-hint`} className="col-start-2 text-[13px] text-ink-2">
        {hint}
      </p>
    </div>
  )
}
