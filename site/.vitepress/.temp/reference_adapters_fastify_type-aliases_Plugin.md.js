import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: Plugin","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/type-aliases/Plugin.md","filePath":"reference/adapters/fastify/type-aliases/Plugin.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/type-aliases/Plugin.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / Plugin</p><h1 id="type-alias-plugin" tabindex="-1">Type Alias: Plugin <a class="header-anchor" href="#type-alias-plugin" aria-label="Permalink to &quot;Type Alias: Plugin&quot;">​</a></h1><blockquote><p><strong>Plugin</strong> = (<code>app</code>) =&gt; <code>Promise</code>&lt;<code>void</code>&gt;</p></blockquote><p>A plugin for <code>app.register</code>. It fits applications with any server, logger and type provider.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="app" tabindex="-1">app <a class="header-anchor" href="#app" aria-label="Permalink to &quot;app&quot;">​</a></h3><p><code>object</code></p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>void</code>&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/type-aliases/Plugin.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Plugin = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Plugin as default }
