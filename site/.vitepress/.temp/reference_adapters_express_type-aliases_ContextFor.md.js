import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ContextFor<R>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/ContextFor.md","filePath":"reference/adapters/express/type-aliases/ContextFor.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/ContextFor.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ContextFor</p><h1 id="type-alias-contextforr" tabindex="-1">Type Alias: ContextFor&lt;R&gt; <a class="header-anchor" href="#type-alias-contextforr" aria-label="Permalink to &quot;Type Alias: ContextFor\\&lt;R\\&gt;&quot;">​</a></h1><blockquote><p><strong>ContextFor</strong>&lt;<code>R</code>&gt; = <code>R</code> <em>extends</em> <code>unknown</code> ? <code>MayHave</code>&lt;<code>R</code>, <code>&quot;appPermissions&quot;</code>&gt; <em>extends</em> <code>false</code> ? <a href="./../interfaces/UserContext"><code>UserContext</code></a> : <code>R</code> <em>extends</em> <code>object</code> ? <code>MayHave</code>&lt;<code>R</code>, <code>&quot;scopes&quot;</code> | <code>&quot;roles&quot;</code> | <code>&quot;groups&quot;</code> | <code>&quot;acrs&quot;</code>&gt; <em>extends</em> <code>false</code> ? <a href="./../interfaces/AppContext"><code>AppContext</code></a> : <a href="./AuthorizationContext"><code>AuthorizationContext</code></a> : <a href="./AuthorizationContext"><code>AuthorizationContext</code></a> : <code>never</code></p></blockquote><p>The type of a handler&#39;s context, derived from the route&#39;s requirement.</p><p>Without <code>appPermissions</code>, the caller is always a user. With <code>appPermissions</code> and without <code>scopes</code>, <code>roles</code>, <code>groups</code> and <code>acrs</code>, it is always an application. With both, it is one of them.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="r" tabindex="-1">R <a class="header-anchor" href="#r" aria-label="Permalink to &quot;R&quot;">​</a></h3><p><code>R</code> <em>extends</em> <a href="./../interfaces/AuthorizationRequirement"><code>AuthorizationRequirement</code></a></p><p>The type of the requirement.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/ContextFor.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ContextFor = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ContextFor as default }
