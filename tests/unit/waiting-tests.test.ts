import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('../e2e/', import.meta.url))

/** How a page is asked what it shows at this very moment. */
const READS =
  /^(count|textContent|inputValue|isVisible|isChecked|isDisabled|getAttribute|allTextContents)$/

/**
 * A page that was just asked for something has not changed yet, now and then: what it shows is waited
 * for (`expect.poll`). That something is not there, such as a secret, is read at once: a poll would be
 * content with the first moment without it.
 */
it('end-to-end tests read pages by waiting', () => {
  const hasty = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => hastyIn(name, readFileSync(FOLDER + name, 'utf8')))
  expect(hasty, 'read it with expect.poll(() => …)').toEqual([])
})

it('tells hasty reads from those that wait', () => {
  const source = `
    expect(await page.locator('p').count()).toBe(1)
    await expect.poll(() => page.locator('p').count()).toBe(1)
    expect(await page.locator('p').count()).toBe(0)
    expect(await page.textContent()).not.toContain('secret')`
  expect(hastyIn('some.ts', source)).toEqual(['some.ts:2'])
})

function hastyIn(name: string, text: string): string[] {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node) => {
    if (isHasty(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${name}:${line + 1}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** Is it `expect(await ….count()).to…` of something that is there? */
function isHasty(node: ts.Node): boolean {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'expect') return false
  const [asked] = node.arguments
  if (!asked || !ts.isAwaitExpression(asked) || !ts.isCallExpression(asked.expression)) return false
  const read = asked.expression.expression
  if (!ts.isPropertyAccessExpression(read) || !READS.test(read.name.text)) return false
  const matcher = node.parent
  if (!ts.isPropertyAccessExpression(matcher) || matcher.name.text === 'not') return false
  return !/^\.toBe\((0|false|'')\)/.test(matcher.parent.getText().slice(node.getText().length))
}
