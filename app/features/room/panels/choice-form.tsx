import { type FormEvent, useState } from 'react'
import type { Language } from '../../../../shared/languages'
import { Button } from '../../../components/button'

export type Choice = { value: string; text: string; lang?: Language | undefined }

/**
 * A list to choose from and a button beside it: nothing happens to anybody before the button, so that
 * the list can be gone through by the arrow keys.
 */
export function ChoiceForm({
  label,
  about,
  submit,
  value,
  choices,
  isSmall = false,
  onChoose,
}: {
  /** Of the list, to the ear. */
  label: string
  /** Whom the button is about, where there are several. */
  about?: string
  /** Words of the button. */
  submit: string
  /** As it stands now. */
  value: string
  choices: readonly Choice[]
  isSmall?: boolean
  onChoose: (value: string) => void
}) {
  // what was chosen while another thing stood there is forgotten
  const [choice, setChoice] = useState({ over: value, value })
  const shown = choice.over === value ? choice.value : value
  function onSubmit(event: FormEvent) {
    event.preventDefault()
    onChoose(shown)
  }
  const size = isSmall ? 'min-h-8 px-2 text-[13px]' : 'min-h-10 w-full px-3'
  return (
    <form
      onSubmit={onSubmit}
      className={isSmall ? 'flex flex-wrap items-center gap-2' : 'grid gap-2'}
    >
      <select
        aria-label={label}
        value={shown}
        onChange={(event) => setChoice({ over: value, value: event.currentTarget.value })}
        className={`max-w-full rounded-lg border border-line-control bg-surface ${size}`}
      >
        {choices.map((each) => (
          <option key={each.value} value={each.value} lang={each.lang}>
            {each.text}
          </option>
        ))}
      </select>
      <Button
        look="quiet"
        aria-label={about ? `${submit}: ${about}` : undefined}
        className={isSmall ? 'min-h-8! px-2.5! py-1! text-[13px]' : 'w-fit'}
      >
        {submit}
      </Button>
    </form>
  )
}
