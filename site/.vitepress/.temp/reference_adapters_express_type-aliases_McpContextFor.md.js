import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: McpContextFor<R>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/McpContextFor.md","filePath":"reference/adapters/express/type-aliases/McpContextFor.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/McpContextFor.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / McpContextFor</p><h1 id="type-alias-mcpcontextforr" tabindex="-1">Type Alias: McpContextFor&lt;R&gt; <a class="header-anchor" href="#type-alias-mcpcontextforr" aria-label="Permalink to &quot;Type Alias: McpContextFor\\&lt;R\\&gt;&quot;">​</a></h1><blockquote><p><strong>McpContextFor</strong>&lt;<code>R</code>&gt; = <a href="./ContextFor"><code>ContextFor</code></a>&lt;<code>R</code>&gt; &amp; <a href="./../interfaces/McpMembers"><code>McpMembers</code></a></p></blockquote><p>The type of the context of a handler, derived from the requirement.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="r" tabindex="-1">R <a class="header-anchor" href="#r" aria-label="Permalink to &quot;R&quot;">​</a></h3><p><code>R</code> <em>extends</em> <a href="./../interfaces/AuthorizationRequirement"><code>AuthorizationRequirement</code></a></p><p>The type of the requirement.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/McpContextFor.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const McpContextFor = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, McpContextFor as default }
