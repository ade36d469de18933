import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: McpHandlers","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/interfaces/McpHandlers.md","filePath":"reference/adapters/next/interfaces/McpHandlers.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/interfaces/McpHandlers.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / McpHandlers</p><h1 id="interface-mcphandlers" tabindex="-1">Interface: McpHandlers <a class="header-anchor" href="#interface-mcphandlers" aria-label="Permalink to &quot;Interface: McpHandlers&quot;">​</a></h1><p>The exports of <code>route.ts</code> for the metadata of the MCP server.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="get" tabindex="-1">GET <a class="header-anchor" href="#get" aria-label="Permalink to &quot;GET&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>GET</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Returns the metadata.</p><hr><h3 id="options" tabindex="-1">OPTIONS <a class="header-anchor" href="#options" aria-label="Permalink to &quot;OPTIONS&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>OPTIONS</strong>: <a href="./../type-aliases/Handler"><code>Handler</code></a></p></blockquote><p>Responds to the preflight requests of browsers.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/interfaces/McpHandlers.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpHandlers = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpHandlers as default }
