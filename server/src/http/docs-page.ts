import type { Handler } from 'hono'

/**
 * `/api/docs`: the OpenAPI document as a page to read. It has a script of its own and loads nothing from elsewhere; the
 * script stands at a path of its own because the content policy allows no inline script.
 */
export function docsPage(): Handler {
  return (c) => c.html(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Lastmile API</title>
<link rel="stylesheet" href="/api/docs/style.css"><main><h1>Lastmile API</h1><p id="about"></p><p><a href="/api/openapi.json">openapi.json</a></p><div id="paths"></div></main><script type="module" src="/api/docs/script.js"></script></html>`)
}

/** The page's script: builds the page by nodes, never by HTML text. */
export const docsScript = `
const make = (tag, text, parent, className) => { const node = document.createElement(tag); if (text) node.textContent = text; if (className) node.className = className; parent.append(node); return node }
const typeOf = (schema) => !schema ? '' : schema.enum ? schema.enum.join(' | ') : schema.$ref ? schema.$ref.split('/').pop() : schema.anyOf ? schema.anyOf.map(typeOf).join(' | ') : schema.type === 'array' ? typeOf(schema.items) + '[]' : Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type || 'object')
const fields = (schema, parent, depth) => {
  const shape = schema.type === 'array' ? schema.items : schema
  if (!shape || !shape.properties || depth > 4) return
  const list = make('ul', '', parent)
  for (const [name, field] of Object.entries(shape.properties)) {
    const item = make('li', '', list); make('code', name, item); make('span', ' ' + typeOf(field), item, 'type'); fields(field, item, depth + 1)
  }
}
const api = await (await fetch('/api/openapi.json')).json()
document.getElementById('about').textContent = api.info.description
for (const [path, methods] of Object.entries(api.paths)) for (const [method, route] of Object.entries(methods)) {
  const section = make('section', '', document.getElementById('paths'))
  make('h2', method.toUpperCase() + ' ' + path, section)
  make('p', route.summary || '', section)
  if (route.parameters?.length) {
    const table = make('table', '', section); const head = make('tr', '', make('thead', '', table)); for (const title of ['parameter', 'in', 'type', 'default']) make('th', title, head)
    const body = make('tbody', '', table)
    for (const one of route.parameters) { const row = make('tr', '', body); make('th', one.name + (one.required ? ' *' : ''), row); make('td', one.in, row); make('td', typeOf(one.schema), row); make('td', String(one.schema?.default ?? ''), row) }
  }
  for (const [status, answer] of Object.entries(route.responses)) {
    const details = make('details', '', section); make('summary', status + ' ' + (answer.description || ''), details)
    const schema = answer.content?.['application/json']?.schema; if (schema) fields(schema, details, 0)
  }
}
`

export const docsStyle = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}main{max-width:60rem;margin:auto;padding:1rem}h2{font:600 1rem ui-monospace,monospace;margin:2rem 0 .25rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ccc;font-weight:400}thead th{font-weight:600}.type{color:#555}code{font:600 .9rem ui-monospace,monospace}summary{cursor:pointer;padding:.25rem 0}
@media (prefers-color-scheme:dark){body{color:#eee;background:#151515}.type{color:#aaa}a{color:#8ab4f8}th,td{border-color:#444}}`
