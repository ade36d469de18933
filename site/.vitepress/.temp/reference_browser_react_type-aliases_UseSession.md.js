import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: UseSession<View>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/browser/react/type-aliases/UseSession.md","filePath":"reference/browser/react/type-aliases/UseSession.md"}',
)
const _sfc_main = { name: 'reference/browser/react/type-aliases/UseSession.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/react</a> / UseSession</p><h1 id="type-alias-usesessionview" tabindex="-1">Type Alias: UseSession&lt;View&gt; <a class="header-anchor" href="#type-alias-usesessionview" aria-label="Permalink to &quot;Type Alias: UseSession\\&lt;View\\&gt;&quot;">​</a></h1><blockquote><p><strong>UseSession</strong>&lt;<code>View</code>&gt; = <a href="./../../type-aliases/SessionState"><code>SessionState</code></a>&lt;<code>View</code>&gt; &amp; <code>Omit</code>&lt;<a href="./../../interfaces/Session"><code>Session</code></a>&lt;<code>View</code>&gt;, <code>&quot;current&quot;</code> | <code>&quot;initial&quot;</code>&gt;</p></blockquote><p>The result of <code>useSession()</code>: the state, and the methods of the session.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="view" tabindex="-1">View <a class="header-anchor" href="#view" aria-label="Permalink to &quot;View&quot;">​</a></h3><p><code>View</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/browser/react/type-aliases/UseSession.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const UseSession = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, UseSession as default }
