import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: DeclaredGuard","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/DeclaredGuard.md","filePath":"reference/adapters/express/type-aliases/DeclaredGuard.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/DeclaredGuard.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / DeclaredGuard</p><h1 id="type-alias-declaredguard" tabindex="-1">Type Alias: DeclaredGuard <a class="header-anchor" href="#type-alias-declaredguard" aria-label="Permalink to &quot;Type Alias: DeclaredGuard&quot;">​</a></h1><blockquote><p><strong>DeclaredGuard</strong> = <code>Declared</code>&lt;<code>&quot;loginRequired&quot;</code>, <a href="./../interfaces/LoginRequirement"><code>LoginRequirement</code></a>&gt; | <code>Declared</code>&lt;<code>&quot;authorizationRequired&quot;</code>, <a href="./../interfaces/AuthorizationRequirement"><code>AuthorizationRequirement</code></a>&gt; | <code>Declared</code>&lt;<code>&quot;orBearer&quot;</code>, <a href="./../interfaces/EitherRequirement"><code>EitherRequirement</code></a>&gt;</p></blockquote><p>The guard of a route, and what it requires.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/DeclaredGuard.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const DeclaredGuard = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, DeclaredGuard as default }
