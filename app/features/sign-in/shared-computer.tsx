import { useId } from 'react'
import { useTranslation } from 'react-i18next'

/** Others use this computer too: on every way in. */
export function SharedComputer({ defaultChecked }: { defaultChecked: boolean }) {
  const { t } = useTranslation('auth')
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
        {t('shared.label')}
      </label>
      <p id={`${id}-hint`} className="col-start-2 text-[13px] text-ink-2">
        {t('shared.hint')}
      </p>
    </div>
  )
}
