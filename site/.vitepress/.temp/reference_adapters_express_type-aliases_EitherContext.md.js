import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: EitherContext<User, Requirement>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/EitherContext.md","filePath":"reference/adapters/express/type-aliases/EitherContext.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/EitherContext.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / EitherContext</p><h1 id="type-alias-eithercontextuser-requirement" tabindex="-1">Type Alias: EitherContext&lt;User, Requirement&gt; <a class="header-anchor" href="#type-alias-eithercontextuser-requirement" aria-label="Permalink to &quot;Type Alias: EitherContext\\&lt;User, Requirement\\&gt;&quot;">​</a></h1><blockquote><p><strong>EitherContext</strong>&lt;<code>User</code>, <code>Requirement</code>&gt; = <code>Requirement</code> <em>extends</em> <code>RequiresScopes</code> ? <a href="./../interfaces/TokenContext"><code>TokenContext</code></a>&lt;<code>User</code>&gt; : <a href="./../interfaces/LoginContext"><code>LoginContext</code></a>&lt;<code>User</code>&gt; | <code>ContextOfTokens</code>&lt;<code>OfTokens</code>&lt;<code>Requirement</code>&gt; &amp; <code>Pick</code>&lt;<code>Requirement</code>, <code>Extract</code>&lt;keyof <code>Requirement</code>, <code>UserOption</code>&gt;&gt;&gt;</p></blockquote><p>The context of a signed-in user, or of a caller with an access token. Its <code>kind</code>, <code>&#39;session&#39;</code> or <code>&#39;bearer&#39;</code>, tells them apart.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p><p>The return type of <code>onLogin</code>, or the claims of the ID token.</p><h3 id="requirement" tabindex="-1">Requirement <a class="header-anchor" href="#requirement" aria-label="Permalink to &quot;Requirement&quot;">​</a></h3><p><code>Requirement</code> <em>extends</em> <a href="./../interfaces/EitherRequirement"><code>EitherRequirement</code></a> = <code>object</code></p><p>The requirements of the route.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/EitherContext.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EitherContext = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EitherContext as default }
