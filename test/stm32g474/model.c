#include "test/stm32g474/model.h"

#include <string.h>

#include "device/port/stm32g474/access.h"
#include "device/port/stm32g474/chip.h"
#include "device/port/stm32g474/clock.h"
#include "device/port/stm32g474/console.h"
#include "device/port/stm32g474/flash.h"
#include "device/port/stm32g474/gpio.h"

struct model model;

enum { REGISTERS_MAX = 256, BUSY_READS = 5, READY_READS = 9, USART_QUEUE = 8 };

/* Registers that nothing special happens to, and the state behind those where it does. */
static struct {
    struct {
        uint32_t address, value;
    } cell[REGISTERS_MAX];
    uint32_t cells;
    uint32_t keys_given;    /* of the flash */
    bool keys_dead;         /* after a wrong one, until reset */
    uint32_t flash_busy;    /* reads of SR that still show it */
    uint32_t first_word;    /* of the double word under way */
    uint32_t first_address; /* 0: none */
    uint32_t until_hse, until_pll;
    bool watchdog_open;
    uint32_t bus_left; /* bytes of the transfer under way */
    bool bus_ended;
    uint32_t interrupts_off;
    uint32_t mpu_number;
    bool counts; /* TIM2 */
    bool in_handler;
} inner;

static void rule(bool kept, const char *text) {
    if (!kept && !model.broken) model.broken = text;
}

static uint32_t *cell(uint32_t address) {
    for (uint32_t i = 0; i < inner.cells; i++)
        if (inner.cell[i].address == address) return &inner.cell[i].value;
    inner.cell[inner.cells].address = address;
    return &inner.cell[inner.cells++].value;
}
uint32_t model_register(uint32_t address) { return *cell(address); }
void model_set_register(uint32_t address, uint32_t value) { *cell(address) = value; }

void model_start(void) {
    memset(&model, 0, sizeof model);
    memset(&inner, 0, sizeof inner);
    memset(model.flash, 0xff, sizeof model.flash);
    model.clock_hz = CHIP_HSI_HZ;
    *cell(FLASH_CR) = FLASH_CR_LOCK;
    *cell(FLASH_ACR) = 1 | FLASH_ACR_ICEN | FLASH_ACR_DCEN;
    *cell(FLASH_OPTR) = FLASH_OPTR_DBANK;
    *cell(PWR_CR1) = PWR_CR1_VOS_1;
    *cell(PWR_CR5) = PWR_CR5_R1MODE;
    *cell(RCC_CR) = RCC_CR_HSION | RCC_CR_HSIRDY;
    *cell(RCC_CSR) = RCC_CSR_BORRSTF | RCC_CSR_PINRSTF;
    *cell(IWDG_RLR) = IWDG_RELOAD_MAX;
}

/* ---- clocks ---- */

static void on_rcc_cr(uint32_t value) {
    const uint32_t before = *cell(RCC_CR);
    if (value & ~before & RCC_CR_HSEON) inner.until_hse = READY_READS;
    if (value & ~before & RCC_CR_PLLON) {
        const uint32_t pll = *cell(RCC_PLLCFGR), in_hz = (pll & 3) == RCC_PLLCFGR_HSE ? 8000000 : CHIP_HSI_HZ;
        const uint32_t divided = in_hz / ((pll >> 4 & 15) + 1), vco = divided * (pll >> 8 & 127);
        rule((pll & 3) >= 2, "the PLL has no source");
        rule((pll & 3) != RCC_PLLCFGR_HSE || before & RCC_CR_HSERDY, "the PLL's source is not ready");
        rule(divided >= 2660000 && divided <= 16000000, "the PLL's input is out of range");
        rule(vco >= 96000000 && vco <= 344000000, "the PLL is out of range");
        inner.until_pll = READY_READS;
    }
    *cell(RCC_CR) = (before & (RCC_CR_HSIRDY | RCC_CR_HSERDY | RCC_CR_PLLRDY)) |
                    (value & ~(RCC_CR_HSIRDY | RCC_CR_HSERDY | RCC_CR_PLLRDY));
}
static void read_rcc_cr(void) {
    if (inner.until_hse > 0 && !model.no_crystal && --inner.until_hse == 0) *cell(RCC_CR) |= RCC_CR_HSERDY;
    if (inner.until_pll > 0 && !model.no_pll && --inner.until_pll == 0) *cell(RCC_CR) |= RCC_CR_PLLRDY;
}
static void on_rcc_cfgr(uint32_t value) {
    const uint32_t before = *cell(RCC_CFGR), pll = *cell(RCC_PLLCFGR);
    const uint32_t in_hz = (pll & 3) == RCC_PLLCFGR_HSE ? 8000000 : CHIP_HSI_HZ;
    const bool fast = (value & RCC_CFGR_SW) == RCC_CFGR_SW_PLL;
    if (fast) {
        rule(*cell(RCC_CR) & RCC_CR_PLLRDY, "the clock is switched to a PLL that has not locked");
        rule((*cell(FLASH_ACR) & FLASH_ACR_LATENCY) >= 4, "flash is read faster than it can be");
        rule((*cell(PWR_CR5) & PWR_CR5_R1MODE) == 0, "the core's voltage is too low for this clock");
        rule((before & RCC_CFGR_SWS) == RCC_CFGR_SWS_PLL || (value & RCC_CFGR_HPRE) == RCC_CFGR_HPRE_HALF,
             "the clock jumps to more than 80 MHz at once");
    }
    *cell(RCC_CFGR) = (value & ~RCC_CFGR_SWS) | (value & RCC_CFGR_SW) << 2;
    model.clock_hz = !fast ? CHIP_HSI_HZ : in_hz / ((pll >> 4 & 15) + 1) * (pll >> 8 & 127) / 2;
    if ((value & RCC_CFGR_HPRE) == RCC_CFGR_HPRE_HALF) model.clock_hz /= 2;
}

/* Whether the clock of what has this register is on. */
static void check_clock(uint32_t address) {
    static const struct {
        uint32_t first, last, enable, bit;
    } rows[] = {
        {TIM2_CR1, TIM2_CCR1, RCC_APB1ENR1, RCC_APB1ENR1_TIM2},
        {USART2_BASE, USART2_BASE + USART_TDR, RCC_APB1ENR1, RCC_APB1ENR1_USART2},
        {I2C1_CR1, I2C1_TXDR, RCC_APB1ENR1, RCC_APB1ENR1_I2C1},
        {PWR_CR1, PWR_CR5, RCC_APB1ENR1, RCC_APB1ENR1_PWR},
        {USART1_BASE, USART1_BASE + USART_TDR, RCC_APB2ENR, RCC_APB2ENR_USART1},
        {SYSCFG_EXTICR1, EXTI_PR1, RCC_APB2ENR, RCC_APB2ENR_SYSCFG},
        {GPIO_BASE, GPIO_BASE + GPIO_BLOCK - 1, RCC_AHB2ENR, RCC_AHB2ENR_GPIOA},
        {GPIO_BASE + GPIO_BLOCK, GPIO_BASE + 2 * GPIO_BLOCK - 1, RCC_AHB2ENR, RCC_AHB2ENR_GPIOB},
        {GPIO_BASE + 2 * GPIO_BLOCK, GPIO_BASE + 3 * GPIO_BLOCK - 1, RCC_AHB2ENR, RCC_AHB2ENR_GPIOC},
        {RNG_CR, RNG_DR, RCC_AHB2ENR, RCC_AHB2ENR_RNG},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (address >= rows[i].first && address <= rows[i].last)
            rule(*cell(rows[i].enable) & rows[i].bit, "a peripheral is used whose clock is off");
}

/* ---- flash ---- */

static void flash_fails(uint32_t flag) { *cell(FLASH_SR) |= flag; }

static void on_key(uint32_t value) {
    const uint32_t wanted = inner.keys_given == 0 ? FLASH_KEY1 : FLASH_KEY2;
    rule(!inner.keys_dead && value == wanted && *cell(FLASH_CR) & FLASH_CR_LOCK, "a key out of order locks the flash");
    inner.keys_dead |= value != wanted;
    if (inner.keys_dead || ++inner.keys_given < 2) return;
    inner.keys_given = 0;
    *cell(FLASH_CR) &= ~FLASH_CR_LOCK;
}

static void erase_page(uint32_t control) {
    const uint32_t bank = control & FLASH_CR_BKER ? FLASH_BANK_BYTES : 0, page = control >> 3 & 127;
    const uint32_t first = bank + page * FLASH_PAGE_BYTES;
    rule(control & FLASH_CR_PER && !(control & FLASH_CR_PG), "an erase is started of nothing");
    if (*cell(FLASH_SR) & FLASH_SR_ERRORS || model.worn) {
        flash_fails(FLASH_SR_PGSERR);
        return;
    }
    memset(model.flash + first, 0xff, FLASH_PAGE_BYTES);
    memset(model.damaged + first / 8, 0, FLASH_PAGE_BYTES / 8);
    model.erases++;
    inner.flash_busy = BUSY_READS;
    *cell(FLASH_SR) |= FLASH_SR_EOP;
}

static void on_flash_cr(uint32_t value) {
    rule(inner.flash_busy == 0, "FLASH_CR is written while the flash is busy");
    if (*cell(FLASH_CR) & FLASH_CR_LOCK) {
        rule(value == FLASH_CR_LOCK, "FLASH_CR is written while it is locked");
        return;
    }
    if (value & FLASH_CR_STRT) {
        rule((*cell(FLASH_CR) | FLASH_CR_STRT) == value, "what is erased is set before it is started");
        erase_page(value);
        value &= ~FLASH_CR_STRT;
    }
    *cell(FLASH_CR) = value;
}

static void program_word(uint32_t at, uint32_t low, uint32_t high) {
    uint8_t *const there = model.flash + at;
    const uint32_t words[2] = {low, high};
    static const uint8_t blank[8] = {255, 255, 255, 255, 255, 255, 255, 255};
    if (*cell(FLASH_SR) & FLASH_SR_ERRORS)
        flash_fails(FLASH_SR_PGSERR);
    else if (memcmp(there, blank, sizeof blank) != 0 && (low | high) != 0)
        flash_fails(FLASH_SR_PROGERR);
    else {
        memcpy(there, words, sizeof words);
        model.damaged[at / 8] = false;
        model.programs++;
        inner.flash_busy = BUSY_READS;
        *cell(FLASH_SR) |= FLASH_SR_EOP;
    }
}

static void on_flash_memory(uint32_t address, uint32_t value) {
    rule(inner.flash_busy == 0, "flash is programmed while it is busy");
    if (!(*cell(FLASH_CR) & FLASH_CR_PG) || *cell(FLASH_CR) & FLASH_CR_LOCK) {
        rule(false, "flash is stored to while it is locked");
        flash_fails(FLASH_SR_PGSERR);
    } else if (inner.first_address == 0) {
        if (address % 8 != 0) flash_fails(FLASH_SR_PGAERR);
        inner.first_address = address;
        inner.first_word = value;
    } else {
        if (address != inner.first_address + 4)
            flash_fails(FLASH_SR_PGAERR);
        else
            program_word(inner.first_address - FLASH_ADDRESS, inner.first_word, value);
        inner.first_address = 0;
    }
}

void access_copy(void *to, uint32_t address, size_t length) {
    const uint32_t first = address - FLASH_ADDRESS;
    rule(first <= MODEL_FLASH_BYTES && length <= MODEL_FLASH_BYTES - first, "memory is read where there is none");
    if (model.broken) return;
    memcpy(to, model.flash + first, length);
    for (uint32_t word = first / 8; word * 8 < first + length; word++) {
        if (!model.damaged[word] || *cell(FLASH_ECCR) & FLASH_ECCR_ECCD) continue;
        *cell(FLASH_ECCR) |= FLASH_ECCR_ECCD;
        rule(flash_on_nmi(), "a damaged word's exception is nobody's");
    }
}

/* ---- serial lines ---- */

static void on_usart(uint32_t line, uint32_t base, uint32_t offset, uint32_t value) {
    const uint32_t control = *cell(base + USART_CR1);
    if (offset == USART_TDR) {
        rule(control & USART_CR1_UE && control & USART_CR1_TE, "a byte is sent by a line that is off");
        if (model.sent_bytes[line] < MODEL_LINE_BYTES) model.sent[line][model.sent_bytes[line]++] = (uint8_t)value;
        return;
    }
    rule(offset != USART_BRR || !(control & USART_CR1_UE), "the rate is set while the line is on");
    rule(offset != USART_CR1 || !(control & value & USART_CR1_UE) || (control ^ value) < USART_CR1_FIFOEN,
         "the queue is set up while the line is on");
    if (offset == USART_ICR)
        *cell(base + USART_ISR) &= ~value;
    else
        *cell(base + offset) = value;
}
static uint32_t read_usart(uint32_t line, uint32_t base, uint32_t offset) {
    if (offset == USART_ISR) {
        const bool waits = line == 0 && model.received_at < model.received_end;
        return (*cell(base + USART_ISR) & USART_ISR_ORE) | (waits ? USART_ISR_RXNE : 0) |
               (model.sent_bytes[line] < MODEL_LINE_BYTES ? USART_ISR_TXE : 0);
    }
    if (offset == USART_RDR && line == 0 && model.received_at < model.received_end)
        return model.received[model.received_at++];
    return *cell(base + offset);
}
void model_hear(const void *bytes, size_t length) {
    memcpy(model.received + model.received_end, bytes, length);
    model.received_end += length;
    if (length > USART_QUEUE) *cell(USART1_BASE + USART_ISR) |= USART_ISR_ORE;
    const bool enabled = *cell(CORE_NVIC_ENABLE(INTERRUPT_USART1)) >> (INTERRUPT_USART1 % 32) & 1;
    if (enabled && *cell(USART1_BASE + USART_CR1) & USART_CR1_RXNEIE) console_on_usart1();
}

/* ---- the I2C bus ---- */

static void on_i2c_cr2(uint32_t value) {
    *cell(I2C1_CR2) = value;
    if (!(value & I2C_CR2_START)) return;
    rule(*cell(I2C1_CR1) & I2C_CR1_PE, "a transfer is started while the bus is off");
    inner.bus_left = value >> 16 & 255;
    uint32_t state = I2C_ISR_BUSY;
    if (model.clock_held) {
        *cell(I2C1_ISR) = state;
        return;
    }
    if ((value & 1023) >> 1 != MODEL_DEVICE) {
        *cell(I2C1_ISR) = I2C_ISR_NACKF | I2C_ISR_STOPF;
        model.bus_stops++;
        return;
    }
    if (!(value & I2C_CR2_READ)) model.bus_written_bytes = 0;
    if (inner.bus_left > 0)
        state |= value & I2C_CR2_READ ? I2C_ISR_RXNE : I2C_ISR_TXIS;
    else
        state = value & I2C_CR2_AUTOEND ? I2C_ISR_STOPF : state | I2C_ISR_TC;
    if (state & I2C_ISR_STOPF) model.bus_stops++;
    *cell(I2C1_ISR) = state;
}
static void bus_byte_moved(void) {
    if (--inner.bus_left > 0) return;
    const bool ends = *cell(I2C1_CR2) & I2C_CR2_AUTOEND;
    *cell(I2C1_ISR) = ends ? I2C_ISR_STOPF : I2C_ISR_BUSY | I2C_ISR_TC;
    model.bus_stops += ends;
}
static void on_i2c_out(uint32_t value) {
    rule(*cell(I2C1_ISR) & I2C_ISR_TXIS, "a byte is put on a bus that does not want one");
    if (model.bus_written_bytes < sizeof model.bus_written)
        model.bus_written[model.bus_written_bytes++] = (uint8_t)value;
    bus_byte_moved();
}
static uint32_t read_i2c_in(void) {
    rule(*cell(I2C1_ISR) & I2C_ISR_RXNE, "a byte is taken from a bus that has none");
    const uint32_t at = (*cell(I2C1_CR2) >> 16 & 255) - inner.bus_left;
    const uint8_t byte = model.bus_read[at % sizeof model.bus_read];
    bus_byte_moved();
    return byte;
}

/* ---- time ---- */

static void raise_timer(void) {
    const bool enabled = *cell(CORE_NVIC_ENABLE(INTERRUPT_TIM2)) >> (INTERRUPT_TIM2 % 32) & 1;
    if (inner.interrupts_off || inner.in_handler || !enabled || !(*cell(TIM2_SR) & *cell(TIM2_DIER))) return;
    inner.in_handler = true;
    clock_on_tim2();
    inner.in_handler = false;
}
static void pass(uint64_t us) {
    if (!inner.counts) return;
    const uint64_t before = model.now_us;
    const uint32_t until_compare = *cell(TIM2_CCR1) - (uint32_t)before;
    model.now_us += us;
    if (until_compare > 0 && until_compare <= us) *cell(TIM2_SR) |= TIM_SR_CC1;
    if (before >> 32 != model.now_us >> 32) *cell(TIM2_SR) |= TIM_SR_UIF;
}
void model_pass_us(uint64_t us) {
    pass(us);
    raise_timer();
}
void access_wait_for_interrupt(void) {
    const uint32_t until_compare = *cell(TIM2_CCR1) - (uint32_t)model.now_us;
    const uint32_t until_wrap = ~(uint32_t)model.now_us;
    rule(inner.counts && *cell(TIM2_DIER) & TIM_DIER_CC1, "it sleeps and nothing will wake it");
    model_pass_us(until_compare < until_wrap ? until_compare : (uint64_t)until_wrap + 1);
}

uint32_t access_interrupts_off(void) { return inner.interrupts_off++; }
void access_interrupts_restore(uint32_t before) {
    inner.interrupts_off = before;
    raise_timer();
}
void access_barrier(void) {}

/* ---- pins ---- */

void model_pin(uint32_t port, uint32_t bit, uint32_t level) {
    uint32_t *const in = cell(GPIO_BASE + port * GPIO_BLOCK + GPIO_IDR);
    const bool changed = (*in >> bit & 1) != level;
    *in = (*in & ~(1u << bit)) | level << bit;
    const uint32_t listens = *cell(SYSCFG_EXTICR1 + 4 * (bit / 4)) >> 4 * (bit % 4) & 15;
    const bool wanted = *cell(level ? EXTI_RTSR1 : EXTI_FTSR1) >> bit & 1;
    if (!changed || listens != port || !wanted || !(*cell(EXTI_IMR1) >> bit & 1)) return;
    *cell(EXTI_PR1) |= 1u << bit;
    gpio_on_edges();
}

/* ---- the watchdog, the noise source, the core ---- */

static void on_watchdog_key(uint32_t value) {
    inner.watchdog_open = value == IWDG_UNLOCK;
    if (value == IWDG_START) model.watchdog_runs = true;
    if (value == IWDG_FEED) model.watchdog_feeds++;
}
uint32_t model_watchdog_ms(void) {
    return (uint32_t)((uint64_t)*cell(IWDG_RLR) * (4u << *cell(IWDG_PR)) * 1000 / IWDG_HZ);
}

static void on_mpu(uint32_t address, uint32_t value) {
    if (address == CORE_MPU_NUMBER) {
        rule(value < MODEL_REGIONS, "there is no such region");
        inner.mpu_number = value % MODEL_REGIONS;
    } else if (address == CORE_MPU_BASE)
        model.region[inner.mpu_number].base = value;
    else {
        const uint32_t bits = (value >> 1 & 31) + 1;
        rule(!(value & 1) || (bits >= 5 && bits <= 32), "a region of no size");
        rule(!(value & 1) || bits == 32 || model.region[inner.mpu_number].base % (1u << bits) == 0,
             "a region does not begin at a multiple of its size");
        model.region[inner.mpu_number].attributes = value;
    }
}
bool model_allows(uint32_t address, enum model_access access) {
    if (!(*cell(CORE_MPU_CONTROL) & 1)) return true;
    for (uint32_t i = MODEL_REGIONS; i-- > 0;) {
        const uint32_t attributes = model.region[i].attributes, bits = (attributes >> 1 & 31) + 1;
        const uint32_t offset = address - model.region[i].base;
        if (!(attributes & 1) || (uint64_t)offset >> bits != 0) continue;
        if (attributes >> 8 >> (offset >> (bits - 3)) & 1) continue; /* a closed eighth */
        const uint32_t permission = attributes >> 24 & 7;
        if (access == MODEL_WRITE) return permission == 1 || permission == 3;
        return permission != 0 && !(access == MODEL_EXECUTE && attributes >> 28 & 1);
    }
    return *cell(CORE_MPU_CONTROL) >> 2 & 1;
}

/* ---- all of it ---- */

static void clear_on_one(uint32_t address, uint32_t value, uint32_t flags) { *cell(address) &= ~(value & flags); }

static void write_gpio(uint32_t address, uint32_t value) {
    const uint32_t base = address & ~(uint32_t)(GPIO_BLOCK - 1), offset = address - base;
    uint32_t *const out = cell(base + GPIO_ODR);
    if (offset == GPIO_BSRR) {
        *out = (*out & ~(value >> 16)) | (value & 0xffff);
        *cell(base + GPIO_IDR) = *out; /* as if nothing pulled the other way */
    } else
        *cell(address) = value;
}

static void write_device(uint32_t address, uint32_t value) {
    if (address >= USART1_BASE && address <= USART1_BASE + USART_TDR)
        on_usart(0, USART1_BASE, address - USART1_BASE, value);
    else if (address >= USART2_BASE && address <= USART2_BASE + USART_TDR)
        on_usart(1, USART2_BASE, address - USART2_BASE, value);
    else if (address >= GPIO_BASE && address < GPIO_BASE + 3 * GPIO_BLOCK)
        write_gpio(address, value);
    else if (address >= FLASH_ADDRESS && address < FLASH_ADDRESS + MODEL_FLASH_BYTES)
        on_flash_memory(address, value);
    else if (address >= CORE_NVIC_ENABLE(0) && address <= CORE_NVIC_ENABLE(96))
        *cell(address) |= value; /* zeros change nothing there */
    else if (address >= CORE_NVIC_DISABLE(0) && address <= CORE_NVIC_DISABLE(96))
        *cell(address - CORE_NVIC_DISABLE(0) + CORE_NVIC_ENABLE(0)) &= ~value;
    else if (address >= CORE_MPU_NUMBER && address <= CORE_MPU_ATTRIBUTES)
        on_mpu(address, value);
    else if (address == IWDG_PR || address == IWDG_RLR) {
        rule(inner.watchdog_open, "the watchdog is set up while it is closed");
        *cell(address) = value;
    } else
        *cell(address) = value;
}

void access_write(uint32_t address, uint32_t value) {
    check_clock(address);
    pass(1);
    switch (address) {
    case RCC_CR: on_rcc_cr(value); break;
    case RCC_CFGR: on_rcc_cfgr(value); break;
    case RCC_PLLCFGR:
        rule(!(*cell(RCC_CR) & RCC_CR_PLLON), "the PLL is set up while it runs");
        *cell(address) = value;
        break;
    case RCC_CSR: *cell(address) = value & RCC_CSR_RMVF ? 0 : value; break;
    case RCC_CRRCR: *cell(address) = value & RCC_CRRCR_HSI48ON ? value | RCC_CRRCR_HSI48RDY : 0; break;
    case FLASH_KEYR: on_key(value); break;
    case FLASH_SR: clear_on_one(address, value, FLASH_SR_ERRORS | FLASH_SR_EOP | FLASH_SR_OPERR); break;
    case FLASH_CR: on_flash_cr(value); break;
    case FLASH_ACR:
        rule(!(value & FLASH_ACR_DCRST) || !(*cell(FLASH_ACR) & FLASH_ACR_DCEN), "a cache is flushed while it is on");
        *cell(address) = value;
        break;
    case FLASH_ECCR: clear_on_one(address, value, FLASH_ECCR_ECCC | FLASH_ECCR_ECCD); break;
    case EXTI_PR1: clear_on_one(address, value, UINT32_MAX); break;
    case TIM2_SR: *cell(address) &= value; break;
    case TIM2_EGR: break;
    case TIM2_CR1:
        *cell(address) = value;
        inner.counts = value & TIM_CR1_CEN;
        break;
    case I2C1_CR2: on_i2c_cr2(value); break;
    case I2C1_TXDR: on_i2c_out(value); break;
    case I2C1_ICR: clear_on_one(I2C1_ISR, value, UINT32_MAX); break;
    case I2C1_TIMINGR:
        rule(!(*cell(I2C1_CR1) & I2C_CR1_PE), "the bus's timing is set while it is on");
        *cell(address) = value;
        break;
    case I2C1_CR1:
        if (!(value & I2C_CR1_PE)) *cell(I2C1_ISR) = 0;
        *cell(address) = value;
        break;
    case IWDG_KR: on_watchdog_key(value); break;
    case CORE_INTERRUPT_CONTROL: model.pended |= value == CORE_PEND_PENDSV; break;
    case CORE_RESET_CONTROL: model.reset_ordered |= value == CORE_RESET_REQUEST; break;
    default: write_device(address, value); break;
    }
    raise_timer();
}

uint32_t access_read(uint32_t address) {
    check_clock(address);
    pass(1);
    raise_timer();
    if (address >= USART1_BASE && address <= USART1_BASE + USART_TDR)
        return read_usart(0, USART1_BASE, address - USART1_BASE);
    if (address >= USART2_BASE && address <= USART2_BASE + USART_TDR)
        return read_usart(1, USART2_BASE, address - USART2_BASE);
    switch (address) {
    case RCC_CR: read_rcc_cr(); break;
    case FLASH_SR: return *cell(FLASH_SR) | (inner.flash_busy > 0 && inner.flash_busy-- > 0 ? FLASH_SR_BSY : 0);
    case TIM2_CNT: return (uint32_t)model.now_us;
    case I2C1_RXDR: return read_i2c_in();
    case RNG_SR: return model.noise_fails ? RNG_SR_FAULTS & 4 : RNG_SR_DRDY;
    case RNG_DR: return (uint32_t)(model.now_us * 2654435761u) | 1;
    }
    return *cell(address);
}
