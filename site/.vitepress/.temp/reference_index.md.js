import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"API reference","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/index.md","filePath":"reference/index.md"}',
)
const _sfc_main = { name: 'reference/index.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="api-reference" tabindex="-1">API reference <a class="header-anchor" href="#api-reference" aria-label="Permalink to &quot;API reference&quot;">​</a></h1><p>These are the entry points of the package: the names that you import from. The <a href="/guides">guides</a> show you how to use them.</p><h2 id="entry-points" tabindex="-1">Entry points <a class="header-anchor" href="#entry-points" aria-label="Permalink to &quot;Entry points&quot;">​</a></h2><ul><li><a href="./adapters/astro/">identity-web/astro</a></li><li><a href="./adapters/azure-functions/">identity-web/azure-functions</a></li><li><a href="./adapters/express/">identity-web/express</a></li><li><a href="./adapters/fastify/">identity-web/fastify</a></li><li><a href="./adapters/fetch/">identity-web/fetch</a></li><li><a href="./adapters/h3/">identity-web/h3</a></li><li><a href="./adapters/hono/">identity-web/hono</a></li><li><a href="./adapters/koa/">identity-web/koa</a></li><li><a href="./adapters/nestjs/">identity-web/nestjs</a></li><li><a href="./adapters/next/">identity-web/next</a></li><li><a href="./adapters/react-router/">identity-web/react-router</a></li><li><a href="./adapters/react-router/routes/">identity-web/react-router/routes</a></li><li><a href="./adapters/react-router/sign-in-page/">identity-web/react-router/sign-in-page</a></li><li><a href="./adapters/sveltekit/">identity-web/sveltekit</a></li><li><a href="./adapters/tanstack-start/">identity-web/tanstack-start</a></li><li><a href="./browser/">identity-web/browser</a></li><li><a href="./browser/react/">identity-web/react</a></li><li><a href="./browser/svelte/">identity-web/svelte</a></li><li><a href="./browser/vue/">identity-web/vue</a></li><li><a href="./easy-auth/easy-auth/">identity-web/easy-auth</a></li><li><a href="./index/">identity-web</a></li><li><a href="./languages/de/">identity-web/languages/de</a></li><li><a href="./languages/en/">identity-web/languages/en</a></li><li><a href="./languages/es/">identity-web/languages/es</a></li><li><a href="./languages/fr/">identity-web/languages/fr</a></li><li><a href="./languages/it/">identity-web/languages/it</a></li><li><a href="./languages/ja/">identity-web/languages/ja</a></li><li><a href="./languages/nl/">identity-web/languages/nl</a></li><li><a href="./languages/pl/">identity-web/languages/pl</a></li><li><a href="./languages/pt/">identity-web/languages/pt</a></li><li><a href="./languages/zh-Hans/">identity-web/languages/zh-Hans</a></li><li><a href="./nuxt/">identity-web/nuxt</a></li><li><a href="./platforms/aws-lambda/">identity-web/aws-lambda</a></li><li><a href="./stores/durable-object/">identity-web/durable-object</a></li><li><a href="./stores/redis/">identity-web/redis</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/index.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const index = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, index as default }
