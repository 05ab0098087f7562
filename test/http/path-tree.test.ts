import { expect } from 'chai';
import { createNode, findPath, plant, type Route } from '../../src/http/path-tree.ts';

const treeOf = (...paths: string[]) => {
  const tree = createNode();
  const routes = new Map(paths.map((path) => [path, { path } as Route]));
  for (const [path, route] of routes) plant(tree, path, route);
  return (path: string) => {
    const found = findPath(tree, path.split('/'));
    return found && { path: found.route.path, params: found.params };
  };
};

describe('the path tree', () => {
  const find = treeOf(
    '/',
    '/users',
    '/users/me',
    '/users/{userId}',
    '/users/{userId}/sessions',
    '/users/{id}/sessions/{sessionId}',
  );

  it('prefers a literal segment to a parameter', () => {
    expect(find('/users/me')).to.deep.equal({ path: '/users/me', params: {} });
    expect(find('/users/7')).to.deep.equal({ path: '/users/{userId}', params: { userId: '7' } });
  });

  it('tries the parameter when the rest of the path does not follow the literal segment', () => {
    expect(find('/users/me/sessions')).to.deep.equal({
      path: '/users/{userId}/sessions',
      params: { userId: 'me' },
    });
  });

  it('decodes parameters, and names them as the matched path does', () => {
    expect(find('/users/7/sessions/a%2Fb%20c')?.params).to.deep.equal({
      id: '7',
      sessionId: 'a/b c',
    });
  });

  it('accepts __proto__ as the value of a parameter', () => {
    expect(find('/users/__proto__/sessions')?.params).to.deep.equal({ userId: '__proto__' });
  });

  it('finds no path with an empty parameter, an extra slash or another case', () => {
    for (const path of [
      '',
      '//',
      '/users/',
      '/users//sessions',
      '/users/7/',
      '/Users',
      '/users/7/sessions/8/9',
      '/%75sers',
    ]) {
      expect(find(path), path).to.equal(null);
    }
  });

  it('throws not_found for a parameter that is not percent-encoded UTF-8', () => {
    expect(() => find('/users/%ff'))
      .to.throw()
      .with.property('code', 'not_found');
  });

  it('refuses two paths that differ only in the name of a parameter', () => {
    expect(() => treeOf('/a/{x}', '/a/{y}')).to.throw('/a/{y}');
  });

  it('refuses a segment of which only a part is a parameter', () => {
    expect(() => treeOf('/a/{x}.json')).to.throw('only a part of a segment');
  });
});
