import { forwardRef, useId } from 'react'
import { useTranslation } from 'react-i18next'

/** A field for a whole number; what is wrong with it is said in the reader's language beneath it. */
export const NumberBox = forwardRef<
  HTMLInputElement,
  {
    label: string
    value: string
    onChange: (typed: string) => void
    min: number
    max: number
    isWrong: boolean
  }
>(function NumberBox({ label, value, onChange, min, max, isWrong }, ref) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  return (
    <div className="grid content-start gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        ref={ref}
        id={id}
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        value={value}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${id}-wrong` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        className="min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base aria-[invalid=true]:border-2 aria-[invalid=true]:border-danger"
      />
      {isWrong && (
        <p id={`${id}-wrong`} className="text-[13px] font-medium text-danger">
          {t('wholeNumber', { min, max })}
        </p>
      )}
    </div>
  )
})
