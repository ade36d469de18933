import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: McpContext","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/McpContext.md","filePath":"reference/adapters/express/type-aliases/McpContext.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/McpContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / McpContext</p><h1 id="type-alias-mcpcontext" tabindex="-1">Type Alias: McpContext <a class="header-anchor" href="#type-alias-mcpcontext" aria-label="Permalink to &quot;Type Alias: McpContext&quot;">​</a></h1><blockquote><p><strong>McpContext</strong> = <a href="./AuthorizationContext"><code>AuthorizationContext</code></a> &amp; <a href="./../interfaces/McpMembers"><code>McpMembers</code></a></p></blockquote><p>The context of a handler behind a guard of <code>McpAuth</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/McpContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpContext as default }
