int main() {
    int a = 5;
    int b = 10;
    int c = 15;
    int calc = (a + b) * (c - b) + c;
    int prec = a + b * c / 3 - 55;
    int tern = a > b ? b : a < c ? c : a;
    int bit = (a & b) | ((c ^ c) << 2);
    int final = calc + prec * 2 + tern + bit;
    printf("calc=%d, prec=%d, tern=%d, bit=%d, final=%d\n", calc, prec, tern, bit, final);
    return 0;
}
