/** Browser and system in a few words, for a person to know their own devices by; null where unknown. */
export type Device = { browser: string | null; system: string | null }

/** Browsers name each other in their User-Agent: the first that fits is the one. */
const BROWSERS: readonly [string, RegExp][] = [
  ['Yandex Browser', /\bYaBrowser\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
]

const SYSTEMS: readonly [string, RegExp][] = [
  ['Windows', /\bWindows NT\b/],
  ['Android', /\bAndroid\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
]

/** What a User-Agent tells of the browser and the system. It can be anything: nothing rests on it. */
export function deviceOf(agent: string | undefined): Device {
  const text = (agent ?? '').slice(0, 300)
  const named = (of: readonly [string, RegExp][]) => of.find(([, sign]) => sign.test(text))?.[0]
  return { browser: named(BROWSERS) ?? null, system: named(SYSTEMS) ?? null }
}
