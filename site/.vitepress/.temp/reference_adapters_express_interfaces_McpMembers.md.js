import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: McpMembers","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/McpMembers.md","filePath":"reference/adapters/express/interfaces/McpMembers.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/McpMembers.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / McpMembers</p><h1 id="interface-mcpmembers" tabindex="-1">Interface: McpMembers <a class="header-anchor" href="#interface-mcpmembers" aria-label="Permalink to &quot;Interface: McpMembers&quot;">​</a></h1><p>The members that the context of an MCP server has in addition to those of an API.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="authinfo" tabindex="-1">authInfo <a class="header-anchor" href="#authinfo" aria-label="Permalink to &quot;authInfo&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>authInfo</strong>: <a href="./AuthInfo"><code>AuthInfo</code></a></p></blockquote><p>The caller in the shape of the official SDK. Pass it to a handler of the SDK that receives a <code>Request</code>: <code>handler.fetch(request, { authInfo })</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/McpMembers.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpMembers = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpMembers as default }
