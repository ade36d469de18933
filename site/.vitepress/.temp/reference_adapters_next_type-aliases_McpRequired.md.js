import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: McpRequired","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/type-aliases/McpRequired.md","filePath":"reference/adapters/next/type-aliases/McpRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/type-aliases/McpRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / McpRequired</p><h1 id="type-alias-mcprequired" tabindex="-1">Type Alias: McpRequired <a class="header-anchor" href="#type-alias-mcprequired" aria-label="Permalink to &quot;Type Alias: McpRequired&quot;">​</a></h1><blockquote><p><strong>McpRequired</strong> = <code>FetchMcpRequired</code>&lt;<code>NextRequest</code>&gt;</p></blockquote><p>Guards the endpoint of an MCP server. Other callers get a 401 or 403 response with <code><span class="word">WWW-Authenticate</span></code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/type-aliases/McpRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpRequired as default }
