import { useEffect, useState } from 'react'

type Detector = typeof import('../../../shared/patient-data')

let loaded: Detector | undefined
let loading: Promise<Detector | undefined> | undefined

/** Comes when somebody begins to write; where the line is away, the server is who asks. */
export function loadDetector(): Promise<Detector | undefined> {
  loading ??= import('../../../shared/patient-data').then(
    (detector) => {
      loaded = detector
      return detector
    },
    () => {
      loading = undefined
      return undefined
    },
  )
  return loading
}

/** If it is here by now. */
export function detectorNow(): Detector | undefined {
  return loaded
}

/** The detector once it has come; loading begins with the first one that wants it. */
export function useDetector(isWanted = true): Detector | undefined {
  const [detector, setDetector] = useState(loaded)
  useEffect(() => {
    if (!isWanted || detector) return
    let left = false
    loadDetector().then((come) => !left && setDetector(come))
    return () => {
      left = true
    }
  }, [isWanted, detector])
  return detector
}
