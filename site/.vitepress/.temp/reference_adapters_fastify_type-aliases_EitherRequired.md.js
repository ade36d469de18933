import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: EitherRequired<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/type-aliases/EitherRequired.md","filePath":"reference/adapters/fastify/type-aliases/EitherRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/type-aliases/EitherRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / EitherRequired</p><h1 id="type-alias-eitherrequireduser" tabindex="-1">Type Alias: EitherRequired&lt;User&gt; <a class="header-anchor" href="#type-alias-eitherrequireduser" aria-label="Permalink to &quot;Type Alias: EitherRequired\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>EitherRequired</strong>&lt;<code>User</code>&gt; = <code>RequirementWrapper</code>&lt;<a href="./../../express/interfaces/EitherRequirement"><code>EitherRequirement</code></a>, <code>User</code>&gt;</p></blockquote><p>The guard of <a href="./../interfaces/Either#required">Either.required</a>.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/type-aliases/EitherRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const EitherRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, EitherRequired as default }
