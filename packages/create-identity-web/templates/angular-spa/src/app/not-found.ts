import { Component } from '@angular/core'

@Component({ template: '<h1>This page does not exist</h1>' })
export class NotFound {}
